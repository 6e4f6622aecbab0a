namespace ActorP2P.Actors;

/// <summary>The settings of a system, read from its configuration.</summary>
public sealed class Settings
{
    internal Settings(ActorSystem system, Config config)
    {
        System = system;
        Config = config;
        AskTimeout = config.GetTimeSpan("akka.actor.ask-timeout", Timeout.InfiniteTimeSpan);
    }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>The whole configuration.</summary>
    public Config Config { get; }

    /// <summary>How long an Ask without a timeout of its own waits; infinite unless <c>akka.actor.ask-timeout</c> says else.</summary>
    public TimeSpan AskTimeout { get; }
}
