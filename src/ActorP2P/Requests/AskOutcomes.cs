using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The outcomes of requests from one turn of a connection. They go to the RequestTracker as one message at the end of
/// the turn, in the order of their arrival.
/// </summary>
/// <param name="tracker">The RequestTracker.</param>
/// <param name="link">The connection.</param>
internal sealed class AskOutcomes(IActorRef tracker, long link)
{
    private AskOutcome[] _outcomes = [];
    private int _count;

    public void Add(in AskOutcome outcome)
    {
        if (_count == _outcomes.Length)
        {
            Array.Resize(ref _outcomes, Math.Max(1, 2 * _count));
        }

        _outcomes[_count++] = outcome;
    }

    /// <summary>Takes an event of the session if it ends a request of this node.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryTake(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.RequestFailed failed:
                Add(AskOutcome.Refused(new RequestId(failed.Id), failed.Code, failed.Text));
                return true;
            case SessionEvent.MessageRefused { Kind: FrameKind.Request } refused:
                Add(AskOutcome.NotSent(
                    new RequestId(refused.Id), AskFailure.NoRoom, $"the peer refused it: {refused.Reason}"));
                return true;
            case SessionEvent.MessageExpired { Kind: FrameKind.Request } expired:
                Add(AskOutcome.NotSent(
                    new RequestId(expired.Id), AskFailure.Expired, "it expired before it could be sent"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Sends the outcomes to the tracker, if there are any. The array goes with the message.</summary>
    public void Tell()
    {
        if (_count > 0)
        {
            ArraySegment<AskOutcome> outcomes = new(_outcomes, 0, _count);
            tracker.Tell(new RequestMessages.Ended(link, outcomes), ActorRefs.NoSender);
            _outcomes = [];
            _count = 0;
        }
    }
}
