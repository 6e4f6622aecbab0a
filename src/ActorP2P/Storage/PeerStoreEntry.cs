namespace ActorP2P;

/// <summary>An entry of a table of an <see cref="IPeerStore"/>.</summary>
/// <param name="Key">The key, which no other entry of the table has.</param>
/// <param name="Value">The bytes.</param>
public sealed record PeerStoreEntry(string Key, ReadOnlyMemory<byte> Value);
