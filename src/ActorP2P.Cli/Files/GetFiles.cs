namespace ActorP2P.Cli.Files;

/// <summary>Asks which files a node shares.</summary>
internal sealed record GetFiles;
