namespace ActorP2P;

/// <summary>Wraps whatever goes wrong in a PeerActor, so that its supervisor knows what to stop: the one connection.</summary>
internal sealed class PeerFaultException(long link, Exception inner)
    : Exception($"The actor of link {link} failed: {inner.Message}", inner)
{
    public long Link { get; } = link;
}
