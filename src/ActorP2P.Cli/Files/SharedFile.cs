namespace ActorP2P.Cli.Files;

/// <summary>A file that a node shares.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record SharedFile(string Name, long Length);
