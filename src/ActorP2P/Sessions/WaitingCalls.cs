using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Messages that wait for their handlers, by lane. It has no lock; the <see cref="HandlerQueue"/>'s guards it.
/// </summary>
internal sealed class WaitingCalls
{
    // By lane, the most urgent first.
    private readonly Queue<Invocation>[] _lanes = [new(), new(), new()];

    /// <summary>The lanes, the most urgent first; in each the messages in the order in which they came.</summary>
    public IReadOnlyList<Queue<Invocation>> Lanes => _lanes;

    /// <summary>No later than the first of them expires; null when none does.</summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>The messages of a lane.</summary>
    public Queue<Invocation> Of(Lane lane) => _lanes[(int)lane - 1];

    /// <summary>Lets a message wait.</summary>
    public void Add(Invocation invocation)
    {
        Of(invocation.Header.Lane).Enqueue(invocation);
        NoteExpiry(invocation.Expires);
    }

    /// <summary>Takes what nobody wants any more.</summary>
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

    /// <summary>Forgets all of them.</summary>
    public void Clear() => Array.ForEach(_lanes, static lane => lane.Clear());

    private void NoteExpiry(TimeSpan? expires) =>
        NextExpiry = expires < NextExpiry || NextExpiry is null ? expires : NextExpiry;
}
