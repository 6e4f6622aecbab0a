namespace ActorP2P.Actors;

/// <summary>A place on the deadline wheel; disposing of it takes it off.</summary>
internal sealed class Deadline(DeadlineWheel wheel, IExpiring target, long tick) : IDisposable
{
    public IExpiring Target { get; } = target;

    /// <summary>The tick at which the target expires.</summary>
    public long Tick { get; } = tick;

    public Deadline? Previous { get; set; }

    public Deadline? Next { get; set; }

    /// <summary>True while it is on the wheel; guarded by the wheel's lock.</summary>
    public bool Waiting { get; set; }

    public void Dispose() => wheel.Remove(this);
}
