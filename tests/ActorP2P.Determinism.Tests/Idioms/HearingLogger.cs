using Akka.Event;

namespace ActorP2P.Determinism.Tests;

/// <summary>A logger that keeps the messages it receives on its own thread.</summary>
public sealed class HearingLogger : ReceiveActor
{
    public HearingLogger()
    {
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(heard => Heard.Value?.Add($"{heard.Message}"));
    }

    public static ThreadLocal<List<string>?> Heard { get; } = new();
}
