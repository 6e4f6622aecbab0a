using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Collects a message's bytes in a pooled buffer. Small messages of one thread lie one behind the other in the same buffer, each
/// with a hold of its own, so that a message costs neither a rent nor a buffer; one that outgrows it moves to a buffer of its own.
/// </summary>
internal sealed class PayloadWriter : IBufferWriter<byte>
{
    // The pool's medium size: many small messages share it, and a message that lingers pins no more than this.
    private const int ChunkBytes = 16 * 1024;

    // What is there at least when a message asks for room without naming a size; most messages are smaller.
    private const int LeastRoom = 512;

    [ThreadStatic]
    private static PayloadWriter? t_spare;

    private SharedBuffer? _chunk;
    private int _free;
    private SharedBuffer? _buffer;
    private int _start;
    private int _position;

    /// <summary>Encodes a message behind <paramref name="headroom"/> bytes that the caller fills in.</summary>
    public static EncodedMessage Encode(IMessage message, int headroom = 0)
    {
        ArgumentNullException.ThrowIfNull(message);

        // Taken, not shared: a message may encode another one while it is written.
        PayloadWriter writer = t_spare ?? new PayloadWriter();
        t_spare = null;
        try
        {
            writer.Begin(headroom);
            message.Write(writer);
            return writer.End(message.MessageType);
        }
        finally
        {
            writer.Abandon();
            t_spare?._chunk?.Release();
            t_spare = writer;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer!.Capacity - _position);
        _position += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).Array.AsMemory(_position);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).Array.AsSpan(_position);

    private void Begin(int headroom)
    {
        if (_chunk is null || _chunk.Capacity - _free < headroom + LeastRoom)
        {
            ReplaceChunk();
        }

        _buffer = _chunk;
        _start = _free;
        _position = _free + headroom;
    }

    private EncodedMessage End(ushort type)
    {
        SharedBuffer buffer = _buffer!;
        if (buffer == _chunk)
        {
            buffer.Retain();
            _free = _position;
        }

        _buffer = null;
        return new EncodedMessage(type, buffer, _start, _position - _start);
    }

    /// <summary>Forgets a message that threw while it was written.</summary>
    private void Abandon()
    {
        if (_buffer is not null && _buffer != _chunk)
        {
            _buffer.Release();
        }

        _buffer = null;
    }

    private SharedBuffer Room(int sizeHint)
    {
        int needed = Math.Max(1, sizeHint);
        if (_buffer!.Capacity - _position < needed)
        {
            Grow(needed);
        }

        return _buffer;
    }

    private void Grow(int needed)
    {
        SharedBuffer before = _buffer!;
        ReadOnlySpan<byte> written = before.Array.AsSpan(_start, _position - _start);
        bool shares = before == _chunk && written.Length + needed <= ChunkBytes / 2;
        SharedBuffer next = SharedBuffer.Rent(shares ? ChunkBytes : Math.Max(written.Length + needed, 2 * written.Length));
        written.CopyTo(next.Array);
        if (shares)
        {
            _chunk = next;
            _free = 0;
        }

        if (shares || before != _chunk)
        {
            before.Release();
        }

        _buffer = next;
        _start = 0;
        _position = written.Length;
    }

    private void ReplaceChunk()
    {
        _chunk?.Release();
        _chunk = SharedBuffer.Rent(ChunkBytes);
        _free = 0;
    }
}
