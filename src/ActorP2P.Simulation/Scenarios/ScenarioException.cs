namespace ActorP2P.Simulation;

/// <summary>A scenario file says something that it may not; the message names file, path, value and what is allowed.</summary>
public sealed class ScenarioException : Exception
{
    internal ScenarioException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
