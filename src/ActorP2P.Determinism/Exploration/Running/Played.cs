namespace ActorP2P.Determinism;

/// <summary>A run that has been played.</summary>
/// <param name="Index">The number of its schedule; the plain order is 0.</param>
/// <param name="Run">The run.</param>
/// <param name="Failure">What it failed with; null when it did not fail.</param>
internal sealed record Played(int Index, ScheduleRun Run, Exception? Failure)
{
    /// <summary>The cause of the failure; null when it did not fail.</summary>
    public FailureCause? Cause { get; } = Failure is null ? null : FailureCause.Of(Failure);

    /// <summary>The hash of all that happened.</summary>
    public ulong Hash { get; } = Run.World?.TraceHash ?? 0;
}
