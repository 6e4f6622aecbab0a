namespace ActorP2P.Cli.Admin;

/// <summary>Asks whom a node has banned.</summary>
internal sealed record GetBans;
