namespace ActorP2P.Actors;

/// <summary>
/// Many producers, one consumer. Everything that decides whether the actor must be woken (queued messages, the
/// scheduled flag, the closed flag) changes under one spin gate, so a wake-up cannot be lost between them. The consumer
/// follows the producers through a chain of chunks without the gate and takes it only to end its turn; what it has emptied
/// goes back to the producers then.
/// </summary>
internal sealed partial class Mailbox : IThreadPoolWorkItem
{
    // Most actors never have more waiting than this, and an idle one should be small.
    private const int FirstCapacity = 2;

    // About a kilobyte: large enough to make the gate cheap per message, small enough to stay in the first-level cache.
    private const int Capacity = 64;

    // As much is kept while a burst lasts; an empty mailbox keeps one chunk.
    private const int MaxSpare = 16;

    private readonly MessageDispatcher _dispatcher;
    private readonly MessageQueue? _queue;
    private int _gate;
    private bool _scheduled = true;
    private bool _refusing;
    private volatile bool _consumerWaits;
    private volatile bool _closed;
    private volatile bool _systemPending;
    private EnvelopeChunk? _head;
    private EnvelopeChunk? _tail;
    private EnvelopeChunk? _spare;
    private int _spareCount;
    private SystemMessage? _systemHead;
    private SystemMessage? _systemTail;

    /// <summary>A mailbox; it holds what comes until <see cref="Start"/>.</summary>
    /// <param name="cell">The actor.</param>
    /// <param name="dispatcher">Runs the turns.</param>
    /// <param name="queue">A bounded or priority queue; null for the plain unbounded one.</param>
    public Mailbox(ActorCell cell, MessageDispatcher dispatcher, MessageQueue? queue)
    {
        Cell = cell;
        _dispatcher = dispatcher;
        _queue = queue;
        Node = dispatcher.Node;
    }

    public ActorCell Cell { get; }

    public SimulatedNode? Node { get; }

    public bool IsClosed => _closed;

    /// <summary>While true user messages wait; set on the actor's own turn only.</summary>
    public bool UserBlocked { get; set; }

    /// <summary>Hands the first turn, which makes the instance, to the dispatcher.</summary>
    public void Start() => _dispatcher.Schedule(this, preferLocal: true);

    public void Post(object message, IActorRef? sender)
    {
        if (Enqueue(message, sender))
        {
            _dispatcher.Schedule(this, preferLocal: true);
        }
    }

    /// <summary>Posts, and when the actor is idle runs its turn on this thread, as <paramref name="place"/> says.</summary>
    public void PostAndRun(object message, IActorRef? sender, TurnPlace place)
    {
        if (!Enqueue(message, sender))
        {
            return;
        }
        if (place == TurnPlace.Later)
        {
            _dispatcher.Schedule(this, preferLocal: false);
            return;
        }
        TurnSlot? slot = _dispatcher.MayRunInline ? TurnSlot.Mine : null;
        if (slot is null || (slot.Cell is not null && (place != TurnPlace.Next || slot.Next is not null)))
        {
            _dispatcher.Schedule(this, preferLocal: slot is null);
        }
        else if (slot.Cell is not null)
        {
            slot.Next = this;
        }
        else
        {
            ExecuteTurn(slot);
            if (place != TurnPlace.HereAlone)
            {
                RunNext(slot, most: 1);
            }
        }
    }

    public void PostSystem(SystemMessage message)
    {
        Node?.CheckThread();
        Enter();
        if (_closed)
        {
            Exit();
            ActorCell.DeadSystem(message);
            return;
        }
        if (_systemTail is null)
        {
            _systemHead = message;
        }
        else
        {
            _systemTail.Next = message;
        }
        _systemTail = message;
        _systemPending = true;
        bool wake = !_scheduled;
        _scheduled = true;
        Exit();
        if (wake)
        {
            _dispatcher.Schedule(this, preferLocal: true);
        }
    }

    /// <summary>Puts messages in front of all that wait; on the actor's own turn only.</summary>
    public void Prepend(List<Envelope> envelopes)
    {
        if (envelopes.Count == 0)
        {
            return;
        }
        ref MailboxReader reader = ref Cell.Reader;
        EnvelopeChunk? behind = reader.Chunk ?? (_queue is null ? FirstChunk() : null);
        var front = new EnvelopeChunk(envelopes.Count) { Count = envelopes.Count };
        envelopes.CopyTo(front.Items);
        // A used-up piece of a queue's own is left behind; the queue has what follows.
        if (behind is not null && (_queue is null || reader.Next < reader.Limit || behind.Next is not null))
        {
            behind.Start = reader.Chunk is null ? 0 : reader.Next;
            front.Next = behind;
        }
        reader.Chunk = front;
        reader.Next = 0;
        reader.Limit = front.Count;
    }

    /// <summary>Refuses all further messages; what waits goes to dead letters, one by one.</summary>
    public void Close()
    {
        Enter();
        _refusing = true;
        Exit();
        // Nothing is added any more, so the rest can be taken without haste.
        while (TryTake(out Envelope envelope))
        {
            DeadLetter(envelope.Message, envelope.Sender);
        }
        // Only now, so that whoever hears of the end finds every lost message counted.
        Enter();
        _closed = true;
        _tail = null;
        _spare = null;
        _spareCount = 0;
        Exit();
        Cell.Reader = default;
    }

    private bool Enqueue(object message, IActorRef? sender)
    {
        Node?.CheckThread();
        Enter();
        if (_refusing)
        {
            Exit();
            DeadLetter(message, sender);
            return false;
        }
        if (_queue is null)
        {
            EnvelopeChunk? tail = _tail;
            if (tail is null || tail.Count == tail.Items.Length)
            {
                tail = AddChunk();
            }
            int count = tail.Count;
            tail.Items[count] = new Envelope(message, sender);
            Volatile.Write(ref tail.Count, count + 1);
        }
        else if (!EnqueueOwn(new Envelope(message, sender)))
        {
            return false;
        }
        bool wake = !_scheduled && !UserBlocked;
        if (wake)
        {
            _scheduled = true;
        }
        Exit();
        return wake;
    }

    /// <summary>Called inside of the gate, which it has left when it returns false.</summary>
    private bool EnqueueOwn(Envelope envelope)
    {
        Envelope refused;
        bool fits;
        try
        {
            fits = _queue!.TryEnqueue(envelope, out refused);
        }
        catch
        {
            Exit();
            throw;
        }
        if (fits)
        {
            return true;
        }
        bool wake = !_scheduled && !UserBlocked && _queue.Count > 0;
        _scheduled |= wake;
        Exit();
        DeadLetter(refused.Message, refused.Sender);
        if (wake)
        {
            _dispatcher.Schedule(this, preferLocal: true);
        }
        return false;
    }

    private void DeadLetter(object message, IActorRef? sender)
    {
        IActorRef deadLetters = Cell.System.DeadLetters;
        deadLetters.Tell(new DeadLetter(message, sender ?? deadLetters, Cell.Self), sender);
    }

    /// <summary>Another chunk at the end, a used one if there is any; called inside of the gate.</summary>
    private EnvelopeChunk AddChunk()
    {
        EnvelopeChunk? chunk = _spare;
        if (chunk is not null)
        {
            _spare = chunk.Next;
            _spareCount--;
            chunk.Next = null;
        }
        else
        {
            try
            {
                chunk = new EnvelopeChunk(_tail is null ? FirstCapacity : Capacity);
            }
            catch
            {
                // Out of memory must not leave the gate shut.
                Exit();
                throw;
            }
        }
        if (_tail is null)
        {
            Volatile.Write(ref _head, chunk);
        }
        else
        {
            Volatile.Write(ref _tail.Next, chunk);
        }
        return _tail = chunk;
    }

    private void Enter()
    {
        if (_consumerWaits || Interlocked.CompareExchange(ref _gate, 1, 0) != 0)
        {
            EnterContended();
        }
    }

    private void EnterContended()
    {
        // A producer in a loop would win the gate for ever, since its core holds the line; it lets the consumer pass. Not
        // for long, because the consumer may have lost its processor.
        for (int patience = 100; _consumerWaits && patience > 0; patience--)
        {
            Thread.SpinWait(4);
        }
        var spin = default(SpinWait);
        while (Volatile.Read(ref _gate) != 0 || Interlocked.CompareExchange(ref _gate, 1, 0) != 0)
        {
            // Never the spinner's one-millisecond sleep: the gate is held for nanoseconds.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void EnterAsConsumer()
    {
        if (Interlocked.CompareExchange(ref _gate, 1, 0) == 0)
        {
            return;
        }
        _consumerWaits = true;
        // The producers step aside, so the gate is free in nanoseconds; yielding at once could cost a time slice.
        for (int tries = 0; Volatile.Read(ref _gate) != 0 || Interlocked.CompareExchange(ref _gate, 1, 0) != 0; tries++)
        {
            if (tries < 1000)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
        _consumerWaits = false;
    }

    private void Exit() => Volatile.Write(ref _gate, 0);
}
