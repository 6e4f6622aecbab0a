namespace ActorP2P.Simulation;

/// <summary>A scenario failed. The message has everything that is needed to repeat the run.</summary>
public sealed class ScenarioFailedException : ExpectationFailedException
{
    internal ScenarioFailedException(
        string message, string checker, ulong seed, TimeSpan virtualTime, Exception? innerException)
        : base(message, innerException)
    {
        Checker = checker;
        Seed = seed;
        VirtualTime = virtualTime;
    }

    /// <summary>What found the failure: a checker's name, or "scenario".</summary>
    public string Checker { get; }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>When it was found.</summary>
    public TimeSpan VirtualTime { get; }
}
