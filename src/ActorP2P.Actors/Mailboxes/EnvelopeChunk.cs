namespace ActorP2P.Actors;

/// <summary>A piece of a mailbox's queue. Pieces stay small, so that a burst neither copies arrays nor fills the large heap.</summary>
internal sealed class EnvelopeChunk(int capacity)
{
    public Envelope[] Items { get; } = new Envelope[capacity];

    /// <summary>How many slots are filled; written by producers, inside of the mailbox's gate.</summary>
    public int Count;

    public EnvelopeChunk? Next;
}
