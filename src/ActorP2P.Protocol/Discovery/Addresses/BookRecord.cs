namespace ActorP2P.Protocol;

/// <summary>The newest record of a node in the book, which its addresses share.</summary>
/// <param name="id">The node.</param>
/// <param name="sequence">The number of the record.</param>
/// <param name="madeAt">When it was made, by the node's clock, since 1970.</param>
/// <param name="bytes">The record as it was signed.</param>
internal sealed class BookRecord(NodeId id, ulong sequence, TimeSpan madeAt, byte[] bytes)
{
    public NodeId Id { get; } = id;

    public ulong Sequence { get; } = sequence;

    public TimeSpan MadeAt { get; } = madeAt;

    public byte[] Bytes { get; } = bytes;

    /// <summary>The addresses of the record that are in the book.</summary>
    public List<BookEntry> Entries { get; } = [];
}
