using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>Receives one or two connections, dialled or accepted.</summary>
internal sealed class ConnectionCatcher : IDialSink, IAcceptSink
{
    private readonly TaskCompletionSource<IConnection> _caught = new();
    private readonly TaskCompletionSource<IConnection> _second = new();

    public Task<IConnection> Caught => _caught.Task;

    public Task<IConnection> Second => _second.Task;

    public void OnListening(IReadOnlyList<PeerAddress> addresses)
    {
        // The test has chosen the address, so listening must not fail.
    }

    public void OnListenFailed(TransportError error) => _caught.SetException(new TransportException(error));

    public void OnDialled(IConnection connection) => _caught.SetResult(connection);

    public void OnAccepted(IConnection connection)
    {
        if (!_caught.TrySetResult(connection))
        {
            _second.SetResult(connection);
        }
    }

    public void OnDialFailed(TransportError error) => _caught.SetException(new TransportException(error));

    public void OnAcceptFailed(TransportError error) => _caught.SetException(new TransportException(error));
}
