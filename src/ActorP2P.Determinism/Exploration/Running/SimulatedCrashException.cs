namespace ActorP2P.Determinism;

/// <summary>The failure of an actor that an exploration has caused. Its supervisor decides what follows.</summary>
public sealed class SimulatedCrashException : Exception
{
    internal SimulatedCrashException(string path)
        : base($"An exploration lets {path} crash here.")
    {
    }
}
