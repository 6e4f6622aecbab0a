namespace ActorP2P.Actors;

/// <summary>What one thread was handling when the watchdog last looked.</summary>
internal sealed class BlockingSuspect
{
    // Weak: a suspect lives as long as its thread, and through the actor would keep an ended system with all it ever held.
    private readonly WeakReference<ActorCell?> _cell = new(null);

    public ActorCell? Cell => _cell.TryGetTarget(out ActorCell? cell) ? cell : null;

    public long Handled { get; private set; }

    public long Since { get; private set; }

    public bool Reported { get; set; }

    public void Reset(ActorCell cell, long now)
    {
        _cell.SetTarget(cell);
        Handled = cell.Handled;
        Since = now;
        Reported = false;
    }
}
