using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Leaves out of a log what Akka.IO's actors say: without file descriptors that is hundreds of warnings a second, and a
/// bind that fails is an error with its stack. A node says the same itself, typed, and once.
/// </summary>
internal sealed class AkkaIoLogFilter : LogFilterBase
{
    private AkkaIoLogFilter()
    {
    }

    /// <summary>The setup of an actor system that has the filter.</summary>
    public static LogFilterSetup Setup => new([new AkkaIoLogFilter()]);

    public override LogFilterType FilterType => LogFilterType.Source;

    public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null) =>
        content.LogSource.Contains("/system/IO-TCP", StringComparison.Ordinal)
            ? LogFilterDecision.Drop
            : LogFilterDecision.NoDecision;
}
