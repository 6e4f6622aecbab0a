namespace ActorP2P.Determinism;

/// <summary>A run of an exploration has taken longer than it may in real time.</summary>
public sealed class NeverEndsException : SimulationException
{
    internal NeverEndsException(TimeSpan limit, string actor, ulong seed, TimeSpan now)
        : base($"The run did not end within {limit:c} of real time; at the end {actor} was running", seed, now) =>
        Actor = actor;

    /// <summary>The path of the actor that was running; "test" for the driving program.</summary>
    public string Actor { get; }
}
