namespace ActorP2P.Simulation;

/// <summary>What is wanted of a run beside its result.</summary>
internal sealed record RunOptions
{
    /// <summary>Records figures over time; null: nothing is recorded.</summary>
    public RunRecorder? Recorder { get; init; }

    /// <summary>
    /// Makes the part of the world that is run here, of a scenario that is spread; null: the whole world is run here.
    /// </summary>
    public Func<ScenarioPlan?, WorldPart>? Part { get; init; }

    /// <summary>The threads that run the nodes of a scenario that is spread.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Shows what happens; null: nothing is shown.</summary>
    public ReplayChecker? Replay { get; init; }
}
