namespace ActorP2P.Actors;

/// <summary>What one thread was handling when the watchdog last looked.</summary>
internal sealed class BlockingSuspect
{
    public ActorCell? Cell { get; private set; }

    public long Handled { get; private set; }

    public long Since { get; private set; }

    public bool Reported { get; set; }

    public void Reset(ActorCell cell, long now)
    {
        Cell = cell;
        Handled = cell.Handled;
        Since = now;
        Reported = false;
    }
}
