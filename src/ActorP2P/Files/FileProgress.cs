namespace ActorP2P;

/// <summary>How far a file has arrived.</summary>
/// <param name="Peer">The peer that sends it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Received">Bytes that are here, including those of earlier attempts.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Path">Where it is, once it is complete and its hash is right; null before.</param>
public sealed record FileProgress(Peer Peer, string Name, long Received, long Length, string? Path);
