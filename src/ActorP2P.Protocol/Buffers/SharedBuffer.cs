using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// A pooled byte array with a count of its holders: receive slabs, reassembled messages and once-encoded broadcasts. The last
/// <see cref="Release"/> returns the array to its pool, so a slab parsed in place, kept by one and dropped by another is
/// neither copied nor lost.
/// </summary>
public sealed class SharedBuffer
{
    private readonly byte[] _array;
    private int _holders = 1;

    private SharedBuffer(byte[] array) => _array = array;

    /// <summary>The bytes; at least as many as asked for.</summary>
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

    /// <summary>Rents a buffer of at least <paramref name="minimumLength"/> bytes, held once. Its content is undefined.</summary>
    public static SharedBuffer Rent(int minimumLength) => new(ArrayPool<byte>.Shared.Rent(minimumLength));

    /// <summary>Adds a holder.</summary>
    /// <exception cref="ObjectDisposedException">The last holder has already released it.</exception>
    public SharedBuffer Retain()
    {
        if (Interlocked.Increment(ref _holders) <= 1)
        {
            Interlocked.Decrement(ref _holders);
            throw new ObjectDisposedException(nameof(SharedBuffer), "The buffer was released by its last holder.");
        }

        return this;
    }

    /// <summary>Removes a holder; the last one returns the array to the pool.</summary>
    /// <exception cref="ObjectDisposedException">Released more often than held.</exception>
    public void Release()
    {
        int left = Interlocked.Decrement(ref _holders);
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }
        else if (left < 0)
        {
            throw new ObjectDisposedException(nameof(SharedBuffer), "The buffer was released more often than it was held.");
        }
    }
}
