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
        ref MailboxReader reader = ref Cell.Reader;
        if (reader.Next == reader.Limit && !Refill(ref reader))
        {
            envelope = default;
            return false;
        }
        ref Envelope slot = ref reader.Chunk!.Items[reader.Next++];
        envelope = slot;
        slot = default;
        return true;
    }

    /// <summary>Looks for what producers have added; false when there is nothing.</summary>
    private bool Refill(ref MailboxReader reader)
    {
        while (true)
        {
            EnvelopeChunk? chunk = reader.Chunk ??= TakeHead();
            if (chunk is not null)
            {
                reader.Limit = Volatile.Read(ref chunk.Count);
                if (reader.Next < reader.Limit)
                {
                    return true;
                }
            }
            EnvelopeChunk? following = chunk is null ? null : Volatile.Read(ref chunk.Next);
            if (following is null)
            {
                return _queue is not null && TakeOne(ref reader);
            }
            if (_queue is null && reader.Next < chunk!.Items.Length)
            {
                // It was filled up between the two looks; only then can another follow.
                continue;
            }
            Leave(ref reader, chunk!);
            reader.Chunk = following;
            reader.Next = reader.Limit = following.Start;
            following.Start = 0;
        }
    }

    /// <summary>The first chunk that producers made; from there on each leads to the next.</summary>
    private EnvelopeChunk? TakeHead()
    {
        EnvelopeChunk? head = Volatile.Read(ref _head);
        if (head is not null)
        {
            _head = null;
        }
        return head;
    }

    private static void Leave(ref MailboxReader reader, EnvelopeChunk used)
    {
        used.Next = null;
        if (used.Items.Length == Capacity)
        {
            used.Count = 0;
            used.Next = reader.Used;
            reader.Used = used;
        }
    }

    /// <summary>One at a time, so that a more urgent message can still overtake the rest.</summary>
    private bool TakeOne(ref MailboxReader reader)
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
            return false;
        }
        EnvelopeChunk chunk = reader.Chunk ??= new EnvelopeChunk(1);
        chunk.Items[0] = envelope;
        chunk.Count = 1;
        reader.Next = 0;
        reader.Limit = 1;
        return true;
    }

    /// <summary>The chunk that producers fill, made when there is none yet.</summary>
    private EnvelopeChunk FirstChunk()
    {
        EnterAsConsumer();
        EnvelopeChunk first = _head ?? AddChunk();
        _head = null;
        Exit();
        return first;
    }

    /// <summary>Ends the turn; true when there is more to do, and then the mailbox stays scheduled.</summary>
    private bool Rest()
    {
        ref MailboxReader reader = ref Cell.Reader;
        EnterAsConsumer();
        bool waiting = HasUnread(ref reader) || _queue is { Count: > 0 };
        _scheduled = _systemHead is not null || (waiting && !UserBlocked && !_closed);
        bool again = _scheduled;
        if (!waiting && reader.Chunk is { } chunk && chunk == _tail)
        {
            // From the start again: an actor that is never far behind stays with its first chunk.
            chunk.Count = 0;
            reader.Next = reader.Limit = 0;
        }
        if (reader.Used is not null)
        {
            TakeBack(ref reader);
        }
        if (!waiting && _spareCount > 1)
        {
            _spare!.Next = null;
            _spareCount = 1;
        }
        Exit();
        return again;
    }

    /// <summary>Called inside of the gate, so that nothing is added meanwhile.</summary>
    private bool HasUnread(ref MailboxReader reader)
    {
        EnvelopeChunk? chunk = reader.Chunk;
        int next = reader.Next;
        if (chunk is null)
        {
            return _head is { Count: > 0 };
        }
        while (next == chunk.Count && chunk.Next is { } following)
        {
            chunk = following;
            next = following.Start;
        }
        return next < chunk.Count;
    }

    /// <summary>Gives emptied chunks to the producers, who so allocate only when they run ahead; called inside of the gate.</summary>
    private void TakeBack(ref MailboxReader reader)
    {
        while (reader.Used is { } used)
        {
            reader.Used = used.Next;
            used.Next = null;
            if (_spareCount < MaxSpare && !_closed)
            {
                used.Next = _spare;
                _spare = used;
                _spareCount++;
            }
        }
    }
}
