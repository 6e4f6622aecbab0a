using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The messages that wait for their handlers, by lane. It has no lock of its own: the lock of the
/// <see cref="HandlerQueue"/> guards it.
/// </summary>
internal sealed class WaitingCalls
{
    // By lane, the most urgent first.
    private readonly Queue<Invocation>[] _lanes = [new(), new(), new()];

    /// <summary>The lanes, the most urgent first. Each has its messages in the order of arrival.</summary>
    public IReadOnlyList<Queue<Invocation>> Lanes => _lanes;

    /// <summary>A time no later than the first expiry; null when no message expires.</summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>The messages of a lane.</summary>
    public Queue<Invocation> Of(Lane lane) => _lanes[(int)lane - 1];

    /// <summary>Adds a message.</summary>
    public void Add(Invocation invocation)
    {
        Of(invocation.Header.Lane).Enqueue(invocation);
        NoteExpiry(invocation.Expires);
    }

    /// <summary>Takes the messages that have expired.</summary>
    public void TakeExpired(TimeSpan now, List<Invocation> expired)
    {
        if (NextExpiry is null || NextExpiry > now)
        {
            return;
        }

        NextExpiry = null;
        foreach (Queue<Invocation> lane in _lanes)
        {
            for (int left = lane.Count; left > 0; left--)
            {
                Invocation invocation = lane.Dequeue();
                if (invocation.Expires <= now)
                {
                    invocation.Result = HandlerResult.Expired;
                    expired.Add(invocation);
                }
                else
                {
                    lane.Enqueue(invocation);
                    NoteExpiry(invocation.Expires);
                }
            }
        }
    }

    /// <summary>Removes all messages.</summary>
    public void Clear() => Array.ForEach(_lanes, static lane => lane.Clear());

    private void NoteExpiry(TimeSpan? expires) =>
        NextExpiry = expires < NextExpiry || NextExpiry is null ? expires : NextExpiry;
}
