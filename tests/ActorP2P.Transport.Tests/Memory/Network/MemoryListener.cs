using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>A listener in a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryListener(MemoryNetwork network, IAcceptSink sink) : IDisposable
{
    /// <summary>Where it listens; null when it could not.</summary>
    internal PeerAddress? Address { get; set; }

    public void Dispose() => network.Remove(this);

    internal void Accept(MemoryConnection connection) => sink.OnAccepted(connection);
}
