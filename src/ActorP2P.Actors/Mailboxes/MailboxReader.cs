namespace ActorP2P.Actors;

/// <summary>
/// Where the consumer of a mailbox is. It lies in the actor's cell, which only the actor's own turn writes: beside the gate
/// every message taken would fetch the producers' cache line.
/// </summary>
internal struct MailboxReader
{
    /// <summary>The chunk it reads; null before the first message.</summary>
    public EnvelopeChunk? Chunk;

    /// <summary>Whole chunks it has emptied, for the producers to use again.</summary>
    public EnvelopeChunk? Used;

    /// <summary>The slot that comes next.</summary>
    public int Next;

    /// <summary>As many slots of the chunk are known to be filled.</summary>
    public int Limit;
}
