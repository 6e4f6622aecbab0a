namespace ActorP2P.Cli.Admin;

/// <summary>Asks for what a node has to say of itself.</summary>
internal sealed record GetReport;
