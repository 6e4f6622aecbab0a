using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Collects a message's bytes in a pooled buffer. Small messages of one thread lie one behind the other in the same
/// buffer, each with a hold of its own, so that a message costs neither a rent nor a buffer; one that outgrows it moves
/// to a buffer of its own.
/// </summary>
internal sealed class PayloadWriter : IBufferWriter<byte>
{
    // The pool's medium size: many small messages share it, and a message that lingers pins no more than this.
    internal const int ChunkBytes = 16 * 1024;

    // What is there at least when a message asks for room without naming a size; most messages are smaller.
    private const int LeastRoom = 512;

    // Holds taken on a chunk at a time, one for each message to come: as many small messages as share it. Taken one by
    // one, the count would go back and forth between this thread's processor and the one that sends and lets go.
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
        // The array is kept at hand: to ask the buffer for it is to look at its count, which others change meanwhile.
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

    /// <summary>Forgets a message that threw while it was written.</summary>
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
        SharedBuffer next = SharedBuffer.Rent(shares ? ChunkBytes : Math.Max(written.Length + needed, 2 * written.Length));
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

    /// <summary>Lets go of the chunk, and of the holds that no message has taken.</summary>
    private void DropChunk()
    {
        _chunk?.Release(1 + _holds);
        _chunk = null;
        _holds = 0;
        _free = 0;
    }
}
