namespace ActorP2P.Cli.Admin;

/// <summary>The bans of a node.</summary>
internal sealed record BanList(IReadOnlyList<BanReport> Bans);
