using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Bytes in a peer's send queue: for each lane, those in it and in the more urgent ones.</summary>
internal readonly record struct QueuedBytes(long High, long Normal, long Bulk)
{
    public static QueuedBytes Of(PeerSession session) => new(
        session.QueuedBytesFor(Lane.High), session.QueuedBytesFor(Lane.Normal), session.QueuedBytesFor(Lane.Bulk));

    public static QueuedBytes OfReplies(PeerSession session) => new(
        session.QueuedReplyBytesFor(Lane.High),
        session.QueuedReplyBytesFor(Lane.Normal),
        session.QueuedReplyBytesFor(Lane.Bulk));

    public long For(Lane lane) => lane == Lane.High ? High : lane == Lane.Normal ? Normal : Bulk;

    /// <summary>The figures with a message of this lane and weight added.</summary>
    public QueuedBytes With(Lane lane, long weight) => new(
        High + (lane == Lane.High ? weight : 0), Normal + (lane == Lane.Bulk ? 0 : weight), Bulk + weight);

    /// <summary>The sum of two figures.</summary>
    public QueuedBytes With(in QueuedBytes other) => new(High + other.High, Normal + other.Normal, Bulk + other.Bulk);

    /// <summary>The figures without a part of them.</summary>
    public QueuedBytes Without(in QueuedBytes other) =>
        new(High - other.High, Normal - other.Normal, Bulk - other.Bulk);
}
