namespace ActorP2P.Actors;

/// <summary>A piece of a mailbox's queue. Pieces stay small, so that a burst neither copies arrays nor fills the large heap.</summary>
internal sealed class EnvelopeChunk(int capacity)
{
    public Envelope[] Items { get; } = new Envelope[capacity];

    /// <summary>How many slots are filled; written by producers, inside of the mailbox's gate, after the slot itself.</summary>
    public int Count;

    /// <summary>Where the consumer goes on that was led to another chunk before it had come to the end of this one.</summary>
    public int Start;

    public EnvelopeChunk? Next;
}
