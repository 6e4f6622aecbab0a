using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Holds handlers back while their peer has not taken the replies of those before: what waits in a lane is a send queue
/// and one message, whatever the replies' size, which nobody knows before. It has no lock; the
/// <see cref="HandlerQueue"/>'s guards it.
/// </summary>
/// <param name="capacity">
/// Bytes of replies, in a lane and the more urgent ones, at which no further handler of the lane begins.
/// </param>
internal sealed class ReplyGate(int capacity)
{
    private QueuedBytes _onTheWay;
    private QueuedBytes _queued;

    /// <summary>Whether no handler of the lane may begin.</summary>
    public bool IsFull(Lane lane) => _onTheWay.For(lane) + _queued.For(lane) >= capacity;

    /// <summary>A handler has ended, and its reply is on the way to the peer's actor.</summary>
    public void Leave(Lane lane, int bytes) => _onTheWay = _onTheWay.With(lane, bytes);

    /// <summary>A turn of the peer's actor is over.</summary>
    /// <param name="arrived">Bytes of replies that it has taken: they are queued or dropped.</param>
    /// <param name="queued">Bytes of replies that stand in the send queue now.</param>
    public void EndTurn(in QueuedBytes arrived, in QueuedBytes queued)
    {
        _onTheWay = _onTheWay.Without(arrived);
        _queued = queued;
    }
}
