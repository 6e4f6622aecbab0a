namespace ActorP2P.Determinism;

/// <summary>
/// Something left the simulation: a Task.Run, a real timer, a continuation on the thread pool, a foreign
/// thread. The run would not be repeatable, so it ends. The message has the stack of the code that left.
/// </summary>
public sealed class SimulationLeakException : SimulationException
{
    internal SimulationLeakException(string what, string origin, ulong seed, TimeSpan now)
        : base($"The simulation was left: {what}.\n{origin}", seed, now) => Origin = origin;

    /// <summary>The stack of the code that left the simulation.</summary>
    public string Origin { get; }
}
