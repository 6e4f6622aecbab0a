using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>A bound address that accepts connections until it is disposed.</summary>
public interface IListener : IDisposable
{
    /// <summary>Where it listens, with the real port where port 0 was asked for.</summary>
    PeerAddress LocalAddress { get; }
}
