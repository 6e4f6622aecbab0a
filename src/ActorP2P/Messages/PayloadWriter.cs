using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Collects a message's bytes in a pooled buffer that grows as needed.</summary>
internal sealed class PayloadWriter : IBufferWriter<byte>
{
    // Most messages are smaller than this; the pool hands out powers of two.
    private const int FirstCapacity = 512;

    [ThreadStatic]
    private static PayloadWriter? t_spare;

    private SharedBuffer? _buffer;
    private int _written;

    /// <summary>Encodes a message behind <paramref name="headroom"/> bytes that the caller fills in.</summary>
    public static EncodedMessage Encode(IMessage message, int headroom = 0)
    {
        ArgumentNullException.ThrowIfNull(message);
        PayloadWriter writer = t_spare ?? new PayloadWriter();
        t_spare = null;
        try
        {
            writer._buffer = SharedBuffer.Rent(FirstCapacity);
            writer._written = headroom;
            message.Write(writer);
            EncodedMessage encoded = new(message.MessageType, writer._buffer, writer._written);
            writer._buffer = null;
            return encoded;
        }
        finally
        {
            writer._buffer?.Release();
            writer._buffer = null;
            t_spare = writer;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer!.Capacity - _written);
        _written += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).Array.AsMemory(_written);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).Array.AsSpan(_written);

    private SharedBuffer Room(int sizeHint)
    {
        int needed = _written + Math.Max(1, sizeHint);
        if (needed > _buffer!.Capacity)
        {
            SharedBuffer larger = SharedBuffer.Rent(Math.Max(needed, 2 * _buffer.Capacity));
            _buffer.Array.AsSpan(0, _written).CopyTo(larger.Array);
            _buffer.Release();
            _buffer = larger;
        }

        return _buffer;
    }
}
