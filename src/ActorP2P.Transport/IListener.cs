using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A bound address that accepts connections until it is disposed.</summary>
public interface IListener : IDisposable
{
    /// <summary>Where it listens, with the real port where port 0 was asked for; the first of several.</summary>
    PeerAddress LocalAddress { get; }

    /// <summary>All addresses it listens on, at least one: a name may stand for several.</summary>
    IReadOnlyList<PeerAddress> LocalAddresses => [LocalAddress];
}
