using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// The counts of one connection since it began. Its parts count; the PeerActor adds the counts to the node's at the end
/// of each turn.
/// </summary>
internal readonly struct ConnectionCounts
{
    public long BytesReceived { get; private init; }

    public long BytesSent { get; private init; }

    public long FramesReceived { get; private init; }

    public long FramesSent { get; private init; }

    public long DroppedBroadcasts { get; private init; }

    public long DroppedForMemory { get; private init; }

    public long Announced { get; private init; }

    public long Resent { get; private init; }

    public long Unexpected { get; private init; }

    public long Expired { get; private init; }

    public long Refused { get; private init; }

    public long Stalled { get; private init; }

    public long NotAllowed { get; private init; }

    /// <summary>The counts now.</summary>
    /// <param name="frames">Counts bytes and frames.</param>
    /// <param name="session">Counts messages.</param>
    /// <param name="expired">Messages that expired in queues outside the session.</param>
    /// <param name="notAllowed">Messages of services that the peer may not use.</param>
    public static ConnectionCounts Of(
        FrameConnection frames, PeerSession session, long expired, long notAllowed) => new()
    {
        BytesReceived = frames.BytesReceived,
        BytesSent = frames.BytesSent,
        FramesReceived = frames.FramesReceived,
        FramesSent = frames.FramesSent,
        DroppedBroadcasts = session.Counters.DroppedBroadcasts,
        DroppedForMemory = session.Counters.DroppedForMemory,
        Announced = session.Counters.AnnouncedBroadcasts,
        Resent = session.Counters.ResentBroadcasts,
        Unexpected = session.Counters.UnexpectedResponses,
        Expired = session.Counters.ExpiredMessages + expired,
        Refused = session.Counters.RefusedForRoom,
        Stalled = session.Counters.StalledMessages,
        NotAllowed = notAllowed,
    };
}
