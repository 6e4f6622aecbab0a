namespace ActorP2P.Determinism;

/// <summary>
/// A simulation cannot continue. The message has the seed and the virtual time, with which the run can be repeated.
/// </summary>
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

    /// <summary>The virtual time that the run had reached.</summary>
    public TimeSpan VirtualTime { get; }
}
