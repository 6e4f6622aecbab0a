namespace ActorP2P;

/// <summary>A file that the peer has received whole, with the right hash.</summary>
/// <param name="Name">The name that the peer was told.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ResumedFrom">Bytes that the peer had from an earlier attempt, and that were not sent again.</param>
/// <param name="Hash">The SHA-256 of the file.</param>
public sealed record FileSent(string Name, long Length, long ResumedFrom, ReadOnlyMemory<byte> Hash);
