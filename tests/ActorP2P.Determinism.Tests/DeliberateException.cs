namespace ActorP2P.Determinism.Tests;

/// <summary>A failure that a test causes on purpose.</summary>
public sealed class DeliberateException(string message) : Exception(message);
