namespace ActorP2P.Determinism;

/// <summary>
/// The running version of Akka.NET or of the runtime cannot be simulated. The message names what it lacks. Nothing has
/// been run.
/// </summary>
public sealed class SimulationNotSupportedException : NotSupportedException
{
    internal SimulationNotSupportedException(string message)
        : base(message)
    {
    }
}
