using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>
/// The reusable arguments of one direction of a socket: no delegate, no task, no captured execution context.
/// </summary>
internal sealed class SocketOperation() : SocketAsyncEventArgs(true) // suppresses the flow of the execution context
{
    internal SocketOperation(ISocketOperationOwner owner)
        : this() => Owner = owner;

    /// <summary>Who is told when it ends.</summary>
    internal ISocketOperationOwner? Owner { get; set; }

    protected override void OnCompleted(SocketAsyncEventArgs e) => Owner!.OnCompleted(this);
}
