using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>A listener in a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryListener(MemoryNetwork network, PeerAddress address, IAcceptSink sink) : IListener
{
    public PeerAddress LocalAddress => address;

    public void Dispose() => network.Remove(this);

    internal void Accept(MemoryConnection connection) => sink.OnAccepted(connection);
}
