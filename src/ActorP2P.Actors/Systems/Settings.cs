namespace ActorP2P.Actors;

/// <summary>The settings of a system, read from its configuration.</summary>
public sealed class Settings
{
    internal Settings(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        LogLevel = (config.GetString("akka.loglevel", "INFO") ?? "").ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.DebugLevel,
            "INFO" => LogLevel.InfoLevel,
            "WARNING" => LogLevel.WarningLevel,
            "ERROR" => LogLevel.ErrorLevel,
            "OFF" => LogLevel.ErrorLevel + 1,
            string other => throw new ConfigurationException($"akka.loglevel is '{other}' but must be DEBUG, INFO, WARNING, ERROR or OFF."),
        };
        // A second is long past anything a handler should take, and far above the pauses of the collector.
        BlockingWarning = config.GetTimeSpan("akka.actor.blocking-warning", TimeSpan.FromSeconds(1));
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
    }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>The whole configuration.</summary>
    public Config Config { get; }

    /// <summary>The least level that is published; <c>akka.loglevel</c>, INFO unless set.</summary>
    internal LogLevel LogLevel { get; }

    /// <summary>How long a handler may hold its thread before a warning; <c>akka.actor.blocking-warning</c>, 1 s unless set.</summary>
    internal TimeSpan BlockingWarning { get; }

    /// <summary>How long an Ask without a timeout of its own waits; infinite unless <c>akka.actor.ask-timeout</c> says else.</summary>
    public TimeSpan AskTimeout { get; }
}
