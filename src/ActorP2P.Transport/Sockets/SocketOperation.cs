using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>The reusable arguments of one direction of a socket: no delegate, no task, no captured execution context.</summary>
internal sealed class SocketOperation(ISocketOperationOwner owner)
    : SocketAsyncEventArgs(true) // suppresses the flow of the execution context
{
    protected override void OnCompleted(SocketAsyncEventArgs e) => owner.OnCompleted(this);
}
