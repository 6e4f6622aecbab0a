namespace ActorP2P.Cli.Admin;

/// <summary>What a node has done.</summary>
/// <param name="Done">What it was done with, such as the peers that were disconnected.</param>
/// <param name="Problem">Why it was not done; null if it was.</param>
internal sealed record AdminResult(IReadOnlyList<string> Done, string? Problem = null);
