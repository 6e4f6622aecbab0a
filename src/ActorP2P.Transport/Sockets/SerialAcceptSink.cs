using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>Lets several listeners share a sink that takes one call at a time.</summary>
internal sealed class SerialAcceptSink(IAcceptSink sink) : IAcceptSink
{
    private readonly Lock _lock = new();

    public void OnListening(IReadOnlyList<PeerAddress> addresses)
    {
        lock (_lock)
        {
            sink.OnListening(addresses);
        }
    }

    public void OnListenFailed(TransportError error)
    {
        lock (_lock)
        {
            sink.OnListenFailed(error);
        }
    }

    public void OnAccepted(IConnection connection)
    {
        lock (_lock)
        {
            sink.OnAccepted(connection);
        }
    }

    public void OnAcceptFailed(TransportError error)
    {
        lock (_lock)
        {
            sink.OnAcceptFailed(error);
        }
    }
}
