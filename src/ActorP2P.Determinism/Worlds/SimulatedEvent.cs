namespace ActorP2P.Determinism;

/// <summary>An event at a time. A cancelled one stays queued, but does nothing and moves no clock.</summary>
internal sealed class SimulatedEvent(Action callback)
{
    public bool Cancelled { get; set; }

    public void Run() => callback();
}
