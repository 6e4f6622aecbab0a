namespace ActorP2P.Determinism;

/// <summary>A simulation cannot go on; the message names the seed and the virtual time to replay it with.</summary>
public class SimulationException : Exception
{
    internal SimulationException(string what, ulong seed, TimeSpan now, Exception? cause = null)
        : base($"{what} (seed {seed}, virtual time {now:c})", cause)
    {
        Seed = seed;
        VirtualTime = now;
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>How far the run had come.</summary>
    public TimeSpan VirtualTime { get; }
}
