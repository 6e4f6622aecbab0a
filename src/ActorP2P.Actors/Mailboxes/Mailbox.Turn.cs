namespace ActorP2P.Actors;

/// <content>The consumer's side.</content>
internal sealed partial class Mailbox
{
    // Between 30 and 1,000 per turn no difference was measured; a small share keeps the others' latency low.
    private const int Throughput = 100;

    // Turns that follow each other on one thread before the pool's others get it: a request's way through a node is five.
    private const int MaxChain = 8;

    /// <summary>Runs the turn that this thread has put off, and those that come of it; what is left then, the pool gets. Not
    /// from within a turn.</summary>
    public static void RunNext(TurnSlot slot, int most = MaxChain)
    {
        for (int turns = 0; slot.Next is { } next && turns < most; turns++)
        {
            slot.Next = null;
            next.ExecuteTurn(slot);
        }
        YieldNext(slot);
    }

    /// <summary>One turn, and those that it leaves to this thread.</summary>
    public void Execute()
    {
        TurnSlot slot = TurnSlot.Mine;
        ExecuteTurn(slot);
        if (slot.Cell is null)
        {
            RunNext(slot);
        }
    }

    private static void YieldNext(TurnSlot slot)
    {
        if (slot.Next is { } next)
        {
            slot.Next = null;
            next._dispatcher.Schedule(next, preferLocal: false);
        }
    }

    /// <summary>One turn: system messages first and in between, then a bounded share of user messages.</summary>
    private void ExecuteTurn(TurnSlot slot)
    {
        ActorCell? outer = slot.Cell;
        slot.Cell = Cell;
        bool again;
        try
        {
            again = Turn(slot);
        }
        finally
        {
            slot.Cell = outer;
        }
        if (again)
        {
            _dispatcher.Schedule(this, preferLocal: false);
        }
    }

    private bool Turn(TurnSlot slot)
    {
        Cell.CreateIfNew();
        int handled = 0;
        while (true)
        {
            if (_systemPending)
            {
                DrainSystem();
            }
            if (UserBlocked || handled == Throughput || !TryTake(out Envelope envelope))
            {
                break;
            }
            handled++;
            // Whatever this thread has put off must not wait for a message that came later, and may take long.
            YieldNext(slot);
            Cell.Invoke(envelope);
        }
        if (Cell.Worked)
        {
            Cell.TurnEnd();
        }
        return Rest();
    }

    private void DrainSystem()
    {
        EnterAsConsumer();
        SystemMessage? message = _systemHead;
        _systemHead = _systemTail = null;
        _systemPending = false;
        Exit();
        while (message is not null)
        {
            SystemMessage? next = message.Next;
            message.Next = null;
            Cell.InvokeSystem(message);
            message = next;
        }
    }

    private bool TryTake(out Envelope envelope)
    {
        EnvelopeChunk? current = _current;
        if (current is null || _next == current.Count)
        {
            current = NextChunk();
            if (current is null)
            {
                envelope = default;
                return false;
            }
        }
        ref Envelope slot = ref current.Items[_next++];
        envelope = slot;
        slot = default;
        return true;
    }

    private EnvelopeChunk? NextChunk()
    {
        EnvelopeChunk? used = _current;
        EnvelopeChunk? following = used?.Next;
        _next = 0;
        _current = null;
        if (_queue is not null && following is null)
        {
            return _current = TakeOne(used);
        }
        EnterAsConsumer();
        if (used is not null && used.Items.Length <= Capacity && _spareCount < MaxSpare)
        {
            // Given back at once, while it is still in the cache, so that producers allocate only when they run ahead.
            used.Count = 0;
            used.Next = _spare;
            _spare = used;
            _spareCount++;
        }
        if (following is null)
        {
            following = _head;
            _head = _tail = null;
        }
        Exit();
        return _current = following;
    }

    /// <summary>One at a time, so that a more urgent message can still overtake the rest.</summary>
    private EnvelopeChunk? TakeOne(EnvelopeChunk? used)
    {
        EnterAsConsumer();
        bool taken;
        Envelope envelope;
        try
        {
            taken = _queue!.TryDequeue(out envelope);
        }
        finally
        {
            Exit();
        }
        if (!taken)
        {
            return null;
        }
        EnvelopeChunk chunk = used ?? new EnvelopeChunk(1);
        chunk.Items[0] = envelope;
        chunk.Count = 1;
        return chunk;
    }

    /// <summary>Ends the turn; true when there is more to do, and then the mailbox stays scheduled.</summary>
    private bool Rest()
    {
        bool left = _current is { } current && (_next < current.Count || current.Next is not null);
        EnterAsConsumer();
        bool waiting = left || _head is not null || _queue is { Count: > 0 };
        _scheduled = _systemHead is not null || (waiting && !UserBlocked && !_closed);
        bool again = _scheduled;
        if (!waiting && _spareCount > 1)
        {
            _spare!.Next = null;
            _spareCount = 1;
        }
        Exit();
        return again;
    }
}
