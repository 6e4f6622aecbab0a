namespace ActorP2P.Actors;

/// <summary>Says on the event stream what a supervisor decided.</summary>
internal static class SupervisionLog
{
    public static void Write(ActorSystem system, IActorRef child, Exception cause, Directive directive)
    {
        string source = child.Path.ToString();
        string message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        LogLevel level = directive == Directive.Resume ? LogLevel.WarningLevel : LogLevel.ErrorLevel;
        system.Publish(level, cause, source, typeof(SupervisorStrategy), message);
    }
}
