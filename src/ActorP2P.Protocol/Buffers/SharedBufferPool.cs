namespace ActorP2P.Protocol;

/// <summary>
/// A pool of released <see cref="SharedBuffer"/>s of one length. The buffer released last is rented first, because it
/// is still in the processor's cache.
/// </summary>
internal sealed class SharedBufferPool
{
    // Buffers kept per length: two unreleased batches for each of the 128 connections a node takes by default. Buffers
    // returned beyond that are left to the garbage collector.
    private const int MaxKept = 256;

    // 4 KiB holds most messages, 16 KiB is a piece of a write buffer, and the longest is a receive slab.
    private static readonly SharedBufferPool Small = new(4 * 1024);
    private static readonly SharedBufferPool Medium = new(16 * 1024);
    private static readonly SharedBufferPool Large = new(SharedBuffer.MaxPooledLength);

    private readonly Lock _lock = new();
    private readonly Stack<SharedBuffer> _kept = new();
    private readonly int _length;

    private SharedBufferPool(int length) => _length = length;

    /// <summary>
    /// The pool whose buffers hold <paramref name="minimumLength"/> bytes; null when no pool has such buffers.
    /// </summary>
    internal static SharedBufferPool? For(int minimumLength)
    {
        if (minimumLength <= Small._length)
        {
            return Small;
        }

        if (minimumLength <= Medium._length)
        {
            return Medium;
        }

        return minimumLength <= Large._length ? Large : null;
    }

    /// <summary>Rents a buffer that is held once.</summary>
    internal SharedBuffer Rent()
    {
        SharedBuffer? buffer;
        lock (_lock)
        {
            _kept.TryPop(out buffer);
        }

        if (buffer is null)
        {
            return new SharedBuffer(GC.AllocateUninitializedArray<byte>(_length), this);
        }

        buffer.HoldAgain();
        return buffer;
    }

    /// <summary>Takes back a buffer that has no holder.</summary>
    internal void Return(SharedBuffer buffer)
    {
        lock (_lock)
        {
            if (_kept.Count < MaxKept)
            {
                _kept.Push(buffer);
            }
        }
    }
}
