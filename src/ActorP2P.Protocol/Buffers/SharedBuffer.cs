using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// A pooled byte array with a count of its holders: receive slabs, reassembled messages and once-encoded broadcasts. The last
/// <see cref="Release()"/> returns it to its pool, so a slab parsed in place, kept by one and dropped by another is neither
/// copied nor lost.
/// </summary>
/// <remarks>
/// Up to <see cref="MaxPooledLength"/> the object is pooled together with its array, so that renting allocates nothing. A
/// release too many is detected while the buffer lies in its pool, not after it was rented again.
/// </remarks>
internal sealed class SharedBuffer
{
    /// <summary>The longest buffer pooled as an object, in bytes: a 64 KiB payload, its header and tagged headers.</summary>
    public const int MaxPooledLength = 66 * 1024;

    private readonly byte[] _array;
    private readonly SharedBufferPool? _pool;
    private int _holders = 1;
    private MemoryBudget? _charged;

    internal SharedBuffer(byte[] array, SharedBufferPool? pool)
    {
        _array = array;
        _pool = pool;
    }

    /// <summary>The bytes; at least as many as asked for.</summary>
    /// <exception cref="ObjectDisposedException">The last holder has already released it.</exception>
    public byte[] Array
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _holders) <= 0, this);
            return _array;
        }
    }

    /// <summary>Bytes the buffer can hold, and what a budget charges for it.</summary>
    public int Capacity => _array.Length;

    /// <summary>Whether the buffer is charged to a budget by itself.</summary>
    public bool IsCharged => Volatile.Read(ref _charged) is not null;

    /// <summary>Rents a buffer of at least <paramref name="minimumLength"/> bytes, held once. Its content is undefined.</summary>
    public static SharedBuffer Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);
        return SharedBufferPool.For(minimumLength)?.Rent()
            ?? new SharedBuffer(ArrayPool<byte>.Shared.Rent(minimumLength), null);
    }

    /// <summary>
    /// Charges the whole buffer to a budget until it is released. For what many peers hold in common; what one peer holds is charged
    /// by its session. Only the first budget is charged.
    /// </summary>
    /// <param name="memory">The node's memory.</param>
    public void ChargeTo(MemoryBudget memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (Interlocked.CompareExchange(ref _charged, memory, null) is null)
        {
            memory.Charge(Capacity);
        }
    }

    /// <summary>Adds a holder.</summary>
    /// <exception cref="ObjectDisposedException">The last holder has already released it.</exception>
    public SharedBuffer Retain() => Retain(1);

    /// <summary>Adds holders, many at once.</summary>
    /// <param name="count">How many; 0 changes nothing.</param>
    /// <exception cref="ObjectDisposedException">The last holder has already released it.</exception>
    public SharedBuffer Retain(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // Compare-and-swap instead of add-and-look: a released buffer may be on its way to a new holder, whose count a
        // misuse must not disturb, not even for a moment.
        int holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders <= 0, this);
            int seen = Interlocked.CompareExchange(ref _holders, holders + count, holders);
            if (seen == holders)
            {
                return this;
            }

            holders = seen;
        }
    }

    /// <summary>Removes a holder; the last one returns the buffer to its pool.</summary>
    /// <exception cref="ObjectDisposedException">Released more often than held.</exception>
    public void Release() => Release(1);

    /// <summary>Removes holders, many at once.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <exception cref="ObjectDisposedException">Released more often than held; nothing is changed then.</exception>
    public void Release(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        int holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders < count, this);
            int seen = Interlocked.CompareExchange(ref _holders, holders - count, holders);
            if (seen == holders)
            {
                break;
            }

            holders = seen;
        }

        if (holders > count)
        {
            return;
        }

        if (_charged is { } memory)
        {
            _charged = null;
            memory.Charge(-Capacity);
        }

        if (_pool is not null)
        {
            _pool.Return(this);
        }
        else
        {
            ArrayPool<byte>.Shared.Return(_array);
        }
    }

    /// <summary>Makes a buffer that nobody holds the caller's. Called by its pool only.</summary>
    internal void HoldAgain() => Volatile.Write(ref _holders, 1);
}
