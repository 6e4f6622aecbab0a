namespace ActorP2P.Tests;

/// <summary>What the message of the tests that cannot be written throws; its own, and so the caller's.</summary>
internal sealed class UnwritableException : Exception;
