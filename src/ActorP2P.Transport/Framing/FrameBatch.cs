using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// The frames that one read completed, in place. The connection uses the object again after <see cref="Release"/>;
/// payloads are valid until then, or as long as one holds the <see cref="Slab"/>.
/// </summary>
internal sealed class FrameBatch
{
    private readonly FrameReader _reader;
    private SharedBuffer? _slab;
    private int _position;
    private int _end;

    internal FrameBatch(FrameReader reader) => _reader = reader;

    /// <summary>The buffer the payloads lie in; retain it to keep a payload beyond the turn.</summary>
    /// <exception cref="InvalidOperationException">The batch was released.</exception>
    public SharedBuffer Slab => _slab ?? throw new InvalidOperationException("The batch was released.");

    /// <summary>Frames in the batch; 0 only beside an <see cref="Oversized"/> header.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the frames in the batch, headers included.</summary>
    public int Bytes { get; private set; }

    /// <summary>
    /// The header behind the last frame when it claims a longer payload than is taken. Reading has stopped there, for
    /// nothing behind it can be made sense of; closing, with a reason, is the owner's.
    /// </summary>
    public FrameHeader? Oversized { get; private set; }

    /// <summary>The next of the reader's released batches, while this is one of them.</summary>
    internal FrameBatch? NextSpare { get; set; }

    /// <summary>Takes the next frame; false behind the last one.</summary>
    /// <exception cref="InvalidOperationException">The batch was released.</exception>
    public bool TryRead(out Frame frame)
    {
        SharedBuffer slab = Slab;
        if (_position == _end)
        {
            frame = default;
            return false;
        }

        // The reader has seen every header and knows that the frame is whole.
        byte[] bytes = slab.Array;
        FrameHeader header = FrameHeader.Read(bytes.AsSpan(_position, FrameHeader.Size));
        frame = new Frame(header, new ReadOnlyMemory<byte>(bytes, _position + FrameHeader.Size, (int)header.Length));
        _position += FrameHeader.Size + (int)header.Length;
        return true;
    }

    /// <summary>
    /// Gives the batch back to the connection, and with it the hold on the slab. Callable from any thread, once.
    /// </summary>
    /// <exception cref="InvalidOperationException">The batch was released before.</exception>
    public void Release()
    {
        SharedBuffer slab = Interlocked.Exchange(ref _slab, null)
            ?? throw new InvalidOperationException("The batch was released before.");
        slab.Release();
        _reader.Recycle(this);
    }

    /// <summary>Fills the batch; it owns one hold on the slab from now on.</summary>
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
