namespace ActorP2P.Cli.Files;

/// <summary>A file that has arrived whole.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ResumedFrom">Bytes that had arrived before.</param>
/// <param name="Hash">Its SHA-256 in hexadecimal.</param>
internal sealed record FetchedFile(long Length, long ResumedFrom, string Hash);
