using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// The figures of one connection. Only its PeerActor writes them, with plain stores at the end of each turn; any thread
/// may read them.
/// </summary>
internal sealed class PeerCounters(NodeContext node)
{
    private const long None = long.MinValue;

    private long _ready = None;
    private long _lastReceived = None;
    private long _bytesReceived;
    private long _bytesSent;
    private long _framesReceived;
    private long _framesSent;
    private long _roundTrip = None;
    private long _leastRoundTrip = None;
    private long _meanRoundTrip = None;
    private long _roundTripVariation;
    private long _pongTimeout = node.Settings.Session.PongTimeout.Ticks;
    private long _useful = None;
    private long _answers;
    private long _upToHigh;
    private long _upToNormal;
    private long _upToBulk;
    private long _held;
    private long _dropped;
    private long _unexpected;
    private SessionCounters? _messages;

    /// <summary>When the connection became ready, in time since the node was made; null before that.</summary>
    public TimeSpan? ReadyAt => Time(Volatile.Read(ref _ready));

    /// <summary>The shortest round trip; null before the first is measured.</summary>
    public TimeSpan? LeastRoundTrip => Time(Volatile.Read(ref _leastRoundTrip));

    /// <summary>
    /// When the peer last answered this node or brought a broadcast that was new and accepted, in time since the node
    /// was made; null when it never has.
    /// </summary>
    public TimeSpan? UsefulAt => Time(Volatile.Read(ref _useful));

    /// <summary>The peer has brought a broadcast that was new and accepted.</summary>
    public void NoteUseful(TimeSpan now) => Volatile.Write(ref _useful, now.Ticks);

    /// <summary>Records the figures at the end of a turn.</summary>
    public void Note(FrameConnection frames, PeerSession session, TimeSpan now)
    {
        if (_ready == None && session.State == SessionState.Ready)
        {
            Volatile.Write(ref _ready, now.Ticks);
        }

        if (frames.BytesReceived != _bytesReceived)
        {
            Volatile.Write(ref _bytesReceived, frames.BytesReceived);
            Volatile.Write(ref _framesReceived, frames.FramesReceived);
            Volatile.Write(ref _lastReceived, now.Ticks);
        }

        Volatile.Write(ref _bytesSent, frames.BytesSent);
        Volatile.Write(ref _framesSent, frames.FramesSent);
        NoteRoundTrip(session);
        NoteAnswers(session.Counters.Received.MessagesOf(CreditClass.Response), now);
        Volatile.Write(ref _upToHigh, session.QueuedBytesFor(Lane.High));
        Volatile.Write(ref _upToNormal, session.QueuedBytesFor(Lane.Normal));
        Volatile.Write(ref _upToBulk, session.QueuedBytesFor(Lane.Bulk));
        Volatile.Write(ref _held, session.HeldBytes);
        Volatile.Write(ref _dropped, session.Counters.DroppedBroadcasts);
        Volatile.Write(ref _unexpected, session.Counters.UnexpectedResponses);
        if (_messages is null)
        {
            Volatile.Write(ref _messages, session.Counters);
        }
    }

    /// <summary>The figures now.</summary>
    public PeerStatistics Snapshot()
    {
        long high = Volatile.Read(ref _upToHigh);
        long normal = Volatile.Read(ref _upToNormal);
        long bulk = Volatile.Read(ref _upToBulk);
        long roundTrip = Volatile.Read(ref _roundTrip);
        SessionCounters messages = Volatile.Read(ref _messages) ?? new SessionCounters();
        return new PeerStatistics
        {
            ConnectedSince = At(Volatile.Read(ref _ready)),
            LastReceived = At(Volatile.Read(ref _lastReceived)),
            BytesReceived = Volatile.Read(ref _bytesReceived),
            BytesSent = Volatile.Read(ref _bytesSent),
            FramesReceived = Volatile.Read(ref _framesReceived),
            FramesSent = Volatile.Read(ref _framesSent),
            Received = StatisticsOf(messages.Received),
            Sent = StatisticsOf(messages.Sent),
            RoundTrip = Time(roundTrip),
            MeanRoundTrip = Time(Volatile.Read(ref _meanRoundTrip)),
            RoundTripVariation = TimeSpan.FromTicks(Volatile.Read(ref _roundTripVariation)),
            PongTimeout = TimeSpan.FromTicks(Volatile.Read(ref _pongTimeout)),
            QueuedHigh = high,
            QueuedNormal = Math.Max(0, normal - high),
            QueuedBulk = Math.Max(0, bulk - normal),
            HeldBytes = Volatile.Read(ref _held),
            DroppedBroadcasts = Volatile.Read(ref _dropped),
            UnexpectedResponses = Volatile.Read(ref _unexpected),
        };
    }

    private static MessageStatistics StatisticsOf(in MessageCounts counts) => new()
    {
        Requests = counts.MessagesOf(CreditClass.Request),
        RequestBytes = counts.BytesOf(CreditClass.Request),
        Responses = counts.MessagesOf(CreditClass.Response),
        ResponseBytes = counts.BytesOf(CreditClass.Response),
        Notifies = counts.MessagesOf(CreditClass.Notify),
        NotifyBytes = counts.BytesOf(CreditClass.Notify),
        Broadcasts = counts.MessagesOf(CreditClass.Broadcast),
        BroadcastBytes = counts.BytesOf(CreditClass.Broadcast),
    };

    private void NoteRoundTrip(PeerSession session)
    {
        // The figure stays until the next one is measured.
        RoundTripEstimate estimate = session.RoundTrips;
        if (session.RoundTrip is { } measured && estimate is { Mean: { } mean, Least: { } least }
            && (measured.Ticks != _roundTrip || mean.Ticks != _meanRoundTrip))
        {
            Volatile.Write(ref _roundTrip, measured.Ticks);
            Volatile.Write(ref _leastRoundTrip, least.Ticks);
            Volatile.Write(ref _meanRoundTrip, mean.Ticks);
            Volatile.Write(ref _roundTripVariation, estimate.Variation.Ticks);
            Volatile.Write(ref _pongTimeout, session.PongTimeout.Ticks);
            node.Metrics.NoteRoundTrip(measured);
        }
    }

    private void NoteAnswers(long answers, TimeSpan now)
    {
        if (answers != _answers)
        {
            _answers = answers;
            NoteUseful(now);
        }
    }

    private static TimeSpan? Time(long ticks) => ticks == None ? null : TimeSpan.FromTicks(ticks);

    private DateTimeOffset? At(long ticks) => ticks == None ? null : node.StartedAt + TimeSpan.FromTicks(ticks);
}
