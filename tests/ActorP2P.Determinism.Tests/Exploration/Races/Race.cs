namespace ActorP2P.Determinism.Tests.Races;

/// <summary>A small program with a known race, of a kind that users of actors have reported.</summary>
public abstract class Race
{
    /// <summary>How it is explored.</summary>
    public virtual ExploreOptions Options { get; } = new();

    /// <summary>What is claimed of it and does not hold under some schedule.</summary>
    public abstract string Claimed { get; }

    /// <summary>The program.</summary>
    public abstract Task Play(ExploredRun run);
}
