namespace ActorP2P.Actors;

/// <summary>What runs on a thread; one object per thread, so that a watchdog can look at all of them.</summary>
internal sealed class TurnSlot
{
    [ThreadStatic]
    private static TurnSlot? t_slot;

    private volatile ActorCell? _cell;

    public static TurnSlot Mine => t_slot ??= TurnSlots.Register(new TurnSlot(Thread.CurrentThread));

    private TurnSlot(Thread owner) => Owner = new WeakReference<Thread>(owner);

    public static ActorCell? Peek => t_slot?._cell;

    public WeakReference<Thread> Owner { get; }

    /// <summary>The mailbox whose turn this thread runs next, instead of the pool; touched by this thread only.</summary>
    public Mailbox? Next { get; set; }

    public ActorCell? Cell
    {
        get => _cell;
        set => _cell = value;
    }
}
