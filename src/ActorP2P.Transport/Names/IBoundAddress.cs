using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One bound address. Disposing it frees the address; accepted connections are not affected.</summary>
internal interface IBoundAddress : IDisposable
{
    /// <summary>The address, with the actual port.</summary>
    PeerAddress Address { get; }

    /// <summary>Begins to deliver accepted connections.</summary>
    void Open();
}
