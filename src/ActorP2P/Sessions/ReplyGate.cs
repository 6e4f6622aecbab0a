using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Delays handlers while their peer has not accepted the replies of earlier ones. A lane thus holds at most the bound
/// and one more reply, however large the replies are, which is not known in advance. It has no lock of its own: the
/// lock of the <see cref="HandlerQueue"/> guards it.
/// </summary>
/// <param name="capacity">
/// Bytes of replies, in a lane and the more urgent ones, from which on no further handler of the lane begins.
/// </param>
internal sealed class ReplyGate(int capacity)
{
    private QueuedBytes _onTheWay;
    private QueuedBytes _queued;

    /// <summary>Whether no handler of the lane may begin.</summary>
    public bool IsFull(Lane lane) => _onTheWay.For(lane) + _queued.For(lane) >= capacity;

    /// <summary>A handler has ended. Its reply is on the way to the peer's actor.</summary>
    public void Leave(Lane lane, int bytes) => _onTheWay = _onTheWay.With(lane, bytes);

    /// <summary>A turn of the peer's actor is over.</summary>
    /// <param name="arrived">Bytes of replies that the turn has taken. They are now queued or dropped.</param>
    /// <param name="queued">Bytes of replies that are in the send queue now.</param>
    public void EndTurn(in QueuedBytes arrived, in QueuedBytes queued)
    {
        _onTheWay = _onTheWay.Without(arrived);
        _queued = queued;
    }
}
