using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>A listener in a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryListener(MemoryNetwork network, IAcceptSink sink) : IDisposable
{
    /// <summary>The address of the listener; null when it could not listen.</summary>
    internal PeerAddress? Address { get; set; }

    public void Dispose() => network.Remove(this);

    internal void Accept(MemoryConnection connection) => sink.OnAccepted(connection);
}
