namespace ActorP2P.Simulation;

/// <summary>
/// Something in a scenario file is not allowed; the message names file, line, path, value and what is allowed.
/// </summary>
public sealed class ScenarioException : Exception
{
    internal ScenarioException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the message names the file.</summary>
    internal bool NamesFile { get; init; }
}
