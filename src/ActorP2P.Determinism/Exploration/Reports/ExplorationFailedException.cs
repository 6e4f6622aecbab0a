namespace ActorP2P.Determinism;

/// <summary>
/// An exploration has found a schedule that fails, or a claim that no run meets. The message says all of it.
/// </summary>
public sealed class ExplorationFailedException : Exception
{
    internal ExplorationFailedException(ExplorationReport report)
        : base($"{report}", report.Failures.Count > 0 ? report.Failures[0].Exception : null) => Report = report;

    /// <summary>What was found.</summary>
    public ExplorationReport Report { get; }
}
