namespace ActorP2P.Protocol;

/// <summary>
/// The node-wide room for fragmented messages other than responses. All sessions share it; it is only an atomic
/// counter. A message's room is reserved when its first fragment declares the total, and returned when the message is
/// finished.
/// </summary>
/// <param name="capacity">Bytes that may be reserved at a time.</param>
internal sealed class ReassemblyBudget(long capacity)
{
    /// <summary>64 MiB: two of the largest messages, or a thousand of the smallest that are fragmented.</summary>
    public const long DefaultCapacity = 64L * 1024 * 1024;

    private long _reserved;

    /// <summary>Bytes that may be reserved at a time.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>Bytes reserved now.</summary>
    public long Reserved => Interlocked.Read(ref _reserved);

    /// <summary>Reserves room.</summary>
    /// <returns>False when there is not enough; nothing is reserved then.</returns>
    public bool TryReserve(int bytes)
    {
        if (Interlocked.Add(ref _reserved, bytes) <= Capacity)
        {
            return true;
        }

        Interlocked.Add(ref _reserved, -bytes);
        return false;
    }

    /// <summary>Returns room.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _reserved, -bytes);
}
