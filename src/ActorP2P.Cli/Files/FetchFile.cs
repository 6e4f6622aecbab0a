namespace ActorP2P.Cli.Files;

/// <summary>Asks a node to send a file that it shares. The answer comes when the file has arrived.</summary>
/// <param name="Name">Its name, without a path.</param>
internal sealed record FetchFile(string Name);
