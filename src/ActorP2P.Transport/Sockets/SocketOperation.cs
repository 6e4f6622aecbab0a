using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>
/// The reusable arguments of one direction of a socket, without a delegate, a task or a captured execution context.
/// </summary>
internal sealed class SocketOperation() : SocketAsyncEventArgs(true) // suppresses the flow of the execution context
{
    internal SocketOperation(ISocketOperationOwner owner)
        : this() => Owner = owner;

    /// <summary>The owner that is notified when the operation ends.</summary>
    internal ISocketOperationOwner? Owner { get; set; }

    protected override void OnCompleted(SocketAsyncEventArgs e) => Owner!.OnCompleted(this);
}
