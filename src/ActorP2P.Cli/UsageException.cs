namespace ActorP2P.Cli;

/// <summary>What the user has written makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
