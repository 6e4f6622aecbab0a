using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>The listeners of all addresses of one name, as one.</summary>
internal sealed class SocketListenerGroup : IListener
{
    private readonly IReadOnlyList<SocketListener> _listeners;

    internal SocketListenerGroup(IReadOnlyList<SocketListener> listeners)
    {
        _listeners = listeners;
        LocalAddresses = [.. listeners.Select(static listener => listener.LocalAddress)];
    }

    public PeerAddress LocalAddress => LocalAddresses[0];

    public IReadOnlyList<PeerAddress> LocalAddresses { get; }

    public void Dispose()
    {
        foreach (SocketListener listener in _listeners)
        {
            listener.Dispose();
        }
    }
}
