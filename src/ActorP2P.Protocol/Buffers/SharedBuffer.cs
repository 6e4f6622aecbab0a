using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// A pooled byte array with a count of its holders. It serves as receive slab, reassembled message and broadcast that
/// is encoded once. The last <see cref="Release()"/> returns it to its pool, so several holders can use one slab
/// without copying it.
/// </summary>
/// <remarks>
/// Up to <see cref="MaxPooledLength"/> the object is pooled together with its array, so that renting allocates
/// nothing. A release too many is detected while the buffer lies in its pool, but not once it has been rented again.
/// </remarks>
internal sealed class SharedBuffer
{
    /// <summary>
    /// The longest buffer pooled as an object, in bytes: a 64 KiB payload, its header and tagged headers.
    /// </summary>
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

    /// <summary>The bytes: at least as many as were rented.</summary>
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

    /// <summary>Whether the buffer as a whole is charged to a budget.</summary>
    public bool IsCharged => Volatile.Read(ref _charged) is not null;

    /// <summary>
    /// Rents a buffer of at least <paramref name="minimumLength"/> bytes, held once. Its content is undefined.
    /// </summary>
    public static SharedBuffer Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);
        return SharedBufferPool.For(minimumLength)?.Rent()
            ?? new SharedBuffer(ArrayPool<byte>.Shared.Rent(minimumLength), null);
    }

    /// <summary>
    /// Charges the whole buffer to a budget until it is released. This is for buffers that many peers
    /// hold in common; a session charges what one peer holds. Only the first budget is charged.
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

    /// <summary>Adds several holders at once.</summary>
    /// <param name="count">How many; 0 changes nothing.</param>
    /// <exception cref="ObjectDisposedException">The last holder has already released it.</exception>
    public SharedBuffer Retain(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // Compare-and-swap, not an increment that is checked afterwards: a released buffer may already be on
        // its way to a new holder, and a misuse here must not change that holder's count, even briefly.
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
    /// <exception cref="ObjectDisposedException">It is released more often than it is held.</exception>
    public void Release() => Release(1);

    /// <summary>Removes several holders at once.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <exception cref="ObjectDisposedException">
    /// It is released more often than it is held; nothing is changed.
    /// </exception>
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

    /// <summary>Makes the caller the first holder of a buffer from the pool. Called by the pool only.</summary>
    internal void HoldAgain() => Volatile.Write(ref _holders, 1);
}
