using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The messages to the DiscoveryActor. The manager sends it the node's events, too.</summary>
internal static class DiscoveryMessages
{
    /// <summary>A peer has told records without being asked.</summary>
    public sealed record Told(Peer Peer, IReadOnlyList<byte[]> Records);

    /// <summary>A peer has answered the question for addresses; null: it has not.</summary>
    public sealed record Answered(Peer Peer, PeersReply? Reply);

    /// <summary>A dial has ended.</summary>
    /// <param name="Order">The dial.</param>
    /// <param name="Peer">The connection; null: there is none.</param>
    /// <param name="Failure">Why there is none; null: the node's own state is the reason.</param>
    public sealed record DialEnded(DialOrder Order, Peer? Peer, ConnectException? Failure);

    /// <summary>A DNS name was looked up; null: that has failed, or was too late.</summary>
    public sealed record LookedUp(PeerAddress Name, DnsFindings? Found);

    /// <summary>Something may be due.</summary>
    public sealed record Due
    {
        public static readonly Due Instance = new();
    }

    /// <summary>Fresh records are to be told.</summary>
    public sealed record RelayDue
    {
        public static readonly RelayDue Instance = new();
    }

    /// <summary>The book is to be saved.</summary>
    public sealed record SaveDue
    {
        public static readonly SaveDue Instance = new();
    }
}
