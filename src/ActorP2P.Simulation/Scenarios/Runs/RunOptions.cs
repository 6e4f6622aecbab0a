namespace ActorP2P.Simulation;

/// <summary>What is wanted of a run beside its result.</summary>
internal sealed record RunOptions
{
    /// <summary>Records figures over time; null: nothing is recorded.</summary>
    public RunRecorder? Recorder { get; init; }

    /// <summary>Shows what happens; null: nothing is shown.</summary>
    public ReplayChecker? Replay { get; init; }
}
