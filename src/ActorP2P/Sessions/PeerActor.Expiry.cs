using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What waits here and has an expiry: whoever waits for it hears of the expiry in time, though nothing else happens.</content>
internal sealed partial class PeerActor
{
    // No later than the first expiry of what waits; a wake-up too early is harmless.
    private TimeSpan? _nextExpiry;

    private TimeSpan? Deadline => Earlier(Earlier(SessionDeadline, _nextExpiry), LookDue);

    private TimeSpan? SessionDeadline => _session.Deadline is { } deadline && _grace?.IsFor(deadline) == true
        ? _grace.NextLook
        : _session.Deadline;

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => other < one || one is null ? other : one;

    private void NoteExpiry(TimeSpan? expires)
    {
        if (expires is { } expiry && !(_nextExpiry <= expiry))
        {
            _nextExpiry = expiry;
        }
    }

    private void DropExpired()
    {
        if (!(_nextExpiry <= _now))
        {
            return;
        }

        _nextExpiry = null;
        foreach (Queue<Invocation> waiting in _work?.Waiting ?? [])
        {
            DropExpired(waiting);
        }

        foreach (LinkedList<PeerMessages.SendRequest> waiting in _waiting)
        {
            DropExpired(waiting);
        }
    }

    private void DropExpired(Queue<Invocation> waiting)
    {
        for (int left = waiting.Count; left > 0; left--)
        {
            Invocation invocation = waiting.Dequeue();
            if (!(invocation.Expires <= _now))
            {
                NoteExpiry(invocation.Expires);
                waiting.Enqueue(invocation);
                continue;
            }

            _expired++;
            if (Work.Requests.TryGetValue(invocation.Header.Id, out Invocation? open) && open == invocation)
            {
                Work.Requests.Remove(invocation.Header.Id);
                RespondError(invocation.Header, RequestErrorCode.Expired, HandlerQueue.ExpiredText);
            }

            _session.Finish(_now, invocation.Charge);
        }
    }

    private void DropExpired(LinkedList<PeerMessages.SendRequest> waiting)
    {
        for (LinkedListNode<PeerMessages.SendRequest>? node = waiting.First, next; node is not null; node = next)
        {
            next = node.Next;
            if (!(node.Value.Expires <= _now))
            {
                NoteExpiry(node.Value.Expires);
                continue;
            }

            _expired++;
            waiting.Remove(node);
            Weigh(node.Value, -1);
            node.Value.Message.Buffer.Release();
            Settle(node.Value, SendResult.Expired);
        }
    }
}
