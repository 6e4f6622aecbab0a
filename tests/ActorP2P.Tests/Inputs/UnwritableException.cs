namespace ActorP2P.Tests;

/// <summary>
/// The exception of a message that cannot be written. It belongs to the message and thus to the caller.
/// </summary>
internal sealed class UnwritableException : Exception;
