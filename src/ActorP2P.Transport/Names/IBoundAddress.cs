using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// One address that is bound; disposing it frees the address and touches no connection that was accepted.
/// </summary>
internal interface IBoundAddress : IDisposable
{
    /// <summary>The address, with the real port.</summary>
    PeerAddress Address { get; }

    /// <summary>Begins to hand over what is accepted.</summary>
    void Open();
}
