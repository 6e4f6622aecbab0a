using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Removes the messages of Akka.IO's actors from a log. Without file descriptors they would write hundreds of warnings
/// a second, and a failed bind would write an error with its stack trace. The node reports the same faults itself,
/// typed and once.
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
