using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Messages on their way through the application's handlers.</content>
internal sealed partial class PeerActor
{
    private HandlerWork? _work;
    private HandlerQueue? _handlers;
    private int _running;
    private int _slots;
    private bool _isInLine;

    private HandlerWork Work => _work ??= new HandlerWork(_node.Settings.Session.MaxQueued);

    /// <summary>Hands a message to the handlers, unless as many as may are busy or their replies are not taken.</summary>
    private void Dispatch(Invocation invocation)
    {
        // Behind those of its lane that wait already, even if there is room by now: none overtakes another.
        Queue<Invocation> waiting = Work.Waiting[(int)invocation.Header.Lane - 1];
        if (waiting.Count > 0 || !MayBegin(invocation))
        {
            waiting.Enqueue(invocation);
            NoteExpiry(invocation.Expires);
        }
        else
        {
            Begin(invocation);
        }
    }

    private bool MayBegin(Invocation invocation) =>
        _running < _node.Settings.MaxConcurrentHandlers
        && _session.QueuedReplyBytesFor(invocation.Header.Lane) < _node.Settings.Session.MaxQueued
        && (invocation.Mode != HandlerMode.Asynchronous || HasSlot());

    private bool HasSlot()
    {
        if (_slots == 0 && !_isInLine)
        {
            _slots = _node.HandlerSlots.TryTake(Self) ? 1 : 0;
            _isInLine = _slots == 0;
        }

        return _slots > 0;
    }

    private void TakeSlot()
    {
        _isInLine = false;
        _slots++;
        DispatchWaiting();
        ReturnSlots();
    }

    // What it was for may have been cancelled meanwhile, or have to wait for something else; others must not wait for that.
    private void ReturnSlots()
    {
        for (; _slots > 0; _slots--)
        {
            _node.HandlerSlots.Release();
        }
    }

    private void Begin(Invocation invocation)
    {
        _running++;
        if (invocation.Mode == HandlerMode.Asynchronous)
        {
            _slots--;
            invocation.Slots = _node.HandlerSlots;
            if (invocation.Header.Kind == FrameKind.Notify)
            {
                Work.Notifies.Add(invocation);
            }
        }

        _handlers ??= new HandlerQueue(_node, Self, Work.Replies);
        _handlers.Post(invocation);
    }

    private void TakeHandled(PeerMessages.Handled handled)
    {
        Invocation invocation = handled.Invocation;
        _running -= invocation.End() ? 1 : 0;
        _expired += handled.IsExpired ? 1 : 0;
        invocation.ReleaseSlot();
        if (invocation.Header.Kind == FrameKind.Request)
        {
            // A peer may have cancelled and used the id again: the answer to the one is no answer to the other.
            bool isOpen = Work.Requests.TryGetValue(invocation.Header.Id, out Invocation? open) && open == invocation;
            if (!isOpen)
            {
                handled.Reply?.Buffer.Release();
            }
            else if (handled.Reply is { } reply)
            {
                Work.Requests.Remove(invocation.Header.Id);
                Respond(invocation.Header, reply);
            }
            else
            {
                Work.Requests.Remove(invocation.Header.Id);
                RespondError(invocation.Header, handled.Error, handled.Text);
            }
        }
        else
        {
            Work.Notifies.Remove(invocation);
        }

        Work.Replies.Arrive(invocation.Header.Lane, handled.Reply?.Length ?? 0, QueuedBytes.OfReplies(_session));
        _session.Finish(_now, invocation.Charge);
        DispatchWaiting();
    }

    /// <summary>
    /// A handler waits for an ask of its own, or does so no longer. While it waits it takes no place among those that run: else nodes
    /// whose handlers ask each other could fill all places with handlers that wait for one.
    /// </summary>
    private void NoteWait(PeerMessages.HandlerWaits waits)
    {
        if (!waits.Begins)
        {
            _running += waits.Invocation.EndWait() ? 1 : 0;
        }
        else if (waits.Invocation.BeginWait())
        {
            _running--;
            waits.Invocation.ReleaseSlot();
            DispatchWaiting();
        }
    }

    private void DispatchWaiting()
    {
        foreach (Queue<Invocation> waiting in _work?.Waiting ?? [])
        {
            DispatchFrom(waiting);
        }
    }

    private void DispatchFrom(Queue<Invocation> waiting)
    {
        while (waiting.TryPeek(out Invocation? next) && (next.Context.IsCancelled || MayBegin(next)))
        {
            waiting.Dequeue();
            if (next.Context.IsCancelled)
            {
                _session.Finish(_now, next.Charge);
            }
            else
            {
                Begin(next);
            }
        }
    }

    private void CancelHandler(ulong id)
    {
        if (_work is not null && _work.Requests.Remove(id, out Invocation? invocation))
        {
            _node.Cancel(invocation.Context);
        }
    }

    private void CancelHandlers()
    {
        _node.Cancel(_inlineContext);
        if (_work is null)
        {
            return;
        }

        foreach (Invocation invocation in _work.Requests.Values.Concat(_work.Notifies))
        {
            _node.Cancel(invocation.Context);
        }

        _work.Requests.Clear();
        _work.Notifies.Clear();
        Array.ForEach(_work.Waiting, static waiting => waiting.Clear());
        _handlers?.Close();
        ReturnSlots();
    }
}
