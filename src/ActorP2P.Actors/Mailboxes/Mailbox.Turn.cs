namespace ActorP2P.Actors;

/// <content>The consumer's side.</content>
internal sealed partial class Mailbox
{
    // Between 30 and 1,000 per turn no difference was measured; a small share keeps the others' latency low.
    private const int Throughput = 100;

    /// <summary>One turn: system messages first and in between, then a bounded share of user messages.</summary>
    public void Execute()
    {
        TurnSlot slot = TurnSlot.Mine;
        ActorCell? outer = slot.Cell;
        slot.Cell = Cell;
        bool again;
        try
        {
            again = Turn();
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

    private bool Turn()
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
            Cell.Invoke(envelope);
        }
        if (handled > 0)
        {
            Cell.TurnEnd();
        }
        return Rest();
    }

    private void DrainSystem()
    {
        Enter();
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
        if (_batchNext == _batchCount && !Refill())
        {
            envelope = default;
            return false;
        }
        ref Envelope slot = ref _batch[_batchNext++];
        envelope = slot;
        slot = default;
        return true;
    }

    private bool Refill()
    {
        _batchNext = _batchCount = 0;
        Enter();
        if (_queue is not null)
        {
            return RefillOwn();
        }
        if (_incomingCount > 0)
        {
            (_incoming, _batch) = (_batch, _incoming);
            _batchCount = _incomingCount;
            _incomingCount = 0;
        }
        Exit();
        return _batchCount > 0;
    }

    /// <summary>One at a time, so that a more urgent message can still overtake the rest.</summary>
    private bool RefillOwn()
    {
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
        if (taken)
        {
            if (_batch.Length == 0)
            {
                _batch = new Envelope[1];
            }
            _batch[0] = envelope;
            _batchCount = 1;
        }
        return taken;
    }

    /// <summary>Ends the turn; true when there is more to do, and then the mailbox stays scheduled.</summary>
    private bool Rest()
    {
        Enter();
        bool waiting = _batchNext < _batchCount || _incomingCount > 0 || _queue is { Count: > 0 };
        _scheduled = _systemHead is not null || (waiting && !UserBlocked && !_closed);
        bool again = _scheduled;
        if (!waiting && (_incoming.Length > KeptCapacity || _batch.Length > KeptCapacity))
        {
            _incoming = [];
            _batch = [];
            _batchNext = _batchCount = 0;
        }
        Exit();
        return again;
    }
}
