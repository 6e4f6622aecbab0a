using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// The frames that one read completed, in place. After <see cref="Release"/> the connection reuses the object. Payloads
/// are valid until then, or for as long as a hold on the <see cref="Slab"/> is kept.
/// </summary>
internal sealed class FrameBatch
{
    private readonly FrameReader _reader;
    private SharedBuffer? _slab;
    private int _position;
    private int _end;

    internal FrameBatch(FrameReader reader) => _reader = reader;

    /// <summary>The buffer that contains the payloads. Retain it to keep a payload for longer than the turn.</summary>
    /// <exception cref="InvalidOperationException">The batch was released.</exception>
    public SharedBuffer Slab => _slab ?? throw new InvalidOperationException("The batch was released.");

    /// <summary>
    /// The number of frames in the batch. It is 0 only if there is an <see cref="Oversized"/> header.
    /// </summary>
    public int Count { get; private set; }

    /// <summary>The bytes of the frames in the batch, including headers.</summary>
    public int Bytes { get; private set; }

    /// <summary>When the batch was passed on, by the clock of who receives it.</summary>
    public TimeSpan ArrivedAt { get; set; }

    /// <summary>
    /// The header after the last frame, if it states a longer payload than is accepted. Reading has stopped there,
    /// because the following bytes cannot be interpreted. The owner decides how to close the connection.
    /// </summary>
    public FrameHeader? Oversized { get; private set; }

    /// <summary>The next batch in the reader's list of released batches, while this batch is in the list.</summary>
    internal FrameBatch? NextSpare { get; set; }

    /// <summary>Takes the next frame; returns false after the last one.</summary>
    /// <exception cref="InvalidOperationException">The batch was released.</exception>
    public bool TryRead(out Frame frame)
    {
        SharedBuffer slab = Slab;
        if (_position == _end)
        {
            frame = default;
            return false;
        }

        // The reader has checked every header and knows that the frame is complete.
        byte[] bytes = slab.Array;
        FrameHeader header = FrameHeader.Read(bytes.AsSpan(_position, FrameHeader.Size));
        frame = new Frame(header, new ReadOnlyMemory<byte>(bytes, _position + FrameHeader.Size, (int)header.Length));
        _position += FrameHeader.Size + (int)header.Length;
        return true;
    }

    /// <summary>
    /// Returns the batch, with its hold on the slab, to the connection. Any thread may call it, once.
    /// </summary>
    /// <exception cref="InvalidOperationException">The batch was released before.</exception>
    public void Release()
    {
        SharedBuffer slab = Interlocked.Exchange(ref _slab, null)
            ?? throw new InvalidOperationException("The batch was released before.");
        slab.Release();
        _reader.Recycle(this);
    }

    /// <summary>Fills the batch, which then owns one hold on the slab.</summary>
    internal void Fill(SharedBuffer slab, int start, int end, int count, FrameHeader? oversized)
    {
        _slab = slab;
        _position = start;
        _end = end;
        Bytes = end - start;
        Count = count;
        Oversized = oversized;
    }
}
