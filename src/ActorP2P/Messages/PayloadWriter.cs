using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Collects a message's bytes in a pooled buffer. The small messages of one thread lie one after another in the same
/// buffer, each with a hold of its own, so that a small message needs no buffer of its own. A message that outgrows the
/// buffer moves to its own.
/// </summary>
internal sealed class PayloadWriter : IBufferWriter<byte>
{
    // The pool's medium size: many small messages share it, and a message that waits for long keeps no more than this.
    internal const int ChunkBytes = 16 * 1024;

    // The least room for a message that asks for none in particular; most messages are smaller.
    private const int LeastRoom = 512;

    // Holds taken on a chunk at a time, about as many as the small messages that share it. Taken one by one, the
    // count would move back and forth between the processors of this thread and of the one that sends and releases.
    private const int HoldsAhead = 64;

    [ThreadStatic]
    private static PayloadWriter? t_spare;

    private SharedBuffer? _chunk;
    private int _holds;
    private int _free;
    private SharedBuffer? _buffer;
    private byte[] _bytes = [];
    private int _start;
    private int _position;

    /// <summary>Encodes a message after <paramref name="headroom"/> bytes, which the caller fills in.</summary>
    public static EncodedMessage Encode(IMessage message, int headroom = 0)
    {
        ArgumentNullException.ThrowIfNull(message);

        // Taken out, because a message may encode another one while it is written.
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
            t_spare?.DropChunk();
            t_spare = writer;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _position);
        _position += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(_position);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(_position);

    private void Begin(int headroom)
    {
        if (_chunk is null || _chunk.Capacity - _free < headroom + LeastRoom)
        {
            ReplaceChunk();
        }

        Use(_chunk!);
        _start = _free;
        _position = _free + headroom;
    }

    private void Use(SharedBuffer buffer)
    {
        // The array is stored, because reading it from the buffer also reads the buffer's count, which other threads
        // change.
        if (!ReferenceEquals(_buffer, buffer))
        {
            _buffer = buffer;
            _bytes = buffer.Array;
        }
    }

    private EncodedMessage End(ushort type)
    {
        SharedBuffer buffer = _buffer!;
        if (buffer == _chunk)
        {
            TakeHold(buffer);
            _free = _position;
        }
        else
        {
            _buffer = null;
        }

        return new EncodedMessage(type, buffer, _start, _position - _start);
    }

    private void TakeHold(SharedBuffer chunk)
    {
        if (_holds == 0)
        {
            chunk.Retain(HoldsAhead);
            _holds = HoldsAhead;
        }

        _holds--;
    }

    /// <summary>Discards a message that threw while it was written.</summary>
    private void Abandon()
    {
        if (_buffer is not null && _buffer != _chunk)
        {
            _buffer.Release();
            _buffer = null;
        }
    }

    private byte[] Room(int sizeHint)
    {
        int needed = Math.Max(1, sizeHint);
        if (_bytes.Length - _position < needed)
        {
            Grow(needed);
        }

        return _bytes;
    }

    private void Grow(int needed)
    {
        SharedBuffer before = _buffer!;
        ReadOnlySpan<byte> written = _bytes.AsSpan(_start, _position - _start);
        bool shares = before == _chunk && written.Length + needed <= ChunkBytes / 2;
        SharedBuffer next = SharedBuffer.Rent(
            shares ? ChunkBytes : Math.Max(written.Length + needed, 2 * written.Length));
        written.CopyTo(next.Array);
        if (shares)
        {
            DropChunk();
            _chunk = next;
        }
        else if (before != _chunk)
        {
            before.Release();
        }

        Use(next);
        _start = 0;
        _position = written.Length;
    }

    private void ReplaceChunk()
    {
        DropChunk();
        _chunk = SharedBuffer.Rent(ChunkBytes);
    }

    /// <summary>Releases the chunk and the holds that no message has taken.</summary>
    private void DropChunk()
    {
        _chunk?.Release(1 + _holds);
        _chunk = null;
        _holds = 0;
        _free = 0;
    }
}
