namespace ActorP2P.Determinism;

/// <summary>Something that happens at a time; called off it stays queued but does nothing and moves no clock.</summary>
internal sealed class SimulatedEvent(Action callback)
{
    public bool Cancelled { get; set; }

    public void Run() => callback();
}
