namespace ActorP2P.Protocol;

/// <summary>
/// The memory that a node may use for all its peers together: messages received and not finished,
/// and messages that wait to be sent. All sessions share it, so its figures are atomic counters.
/// </summary>
/// <remarks>
/// The node reacts in steps when memory runs short. From three quarters on it refuses new fragmented
/// messages, from seven eighths on it drops broadcasts, and above the capacity it disconnects the
/// peers that hold most. The smallest allowed budget lets one peer fill all its own bounds.
/// </remarks>
internal sealed class MemoryBudget
{
    /// <summary>Makes a budget.</summary>
    /// <param name="capacity">Bytes that the node may hold for its peers.</param>
    /// <param name="reassembly">
    /// The part for fragmented messages other than responses; responses have as much again.
    /// </param>
    public MemoryBudget(long capacity, ReassemblyBudget reassembly)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(reassembly);
        Capacity = capacity;
        Reassembly = reassembly;
        Replies = new ReplyRoom(reassembly.Capacity);
    }

    private long _grown;
    private long _held;

    /// <summary>Bytes that the node may hold for its peers.</summary>
    public long Capacity { get; }

    /// <summary>Room for fragmented messages other than responses.</summary>
    public ReassemblyBudget Reassembly { get; }

    /// <summary>Room for fragmented responses.</summary>
    public ReplyRoom Replies { get; }

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Whether new fragmented messages are refused: more than three quarters are held.</summary>
    public bool IsTight => Held > Capacity - (Capacity / 4);

    /// <summary>Whether broadcasts are dropped: more than seven eighths are held.</summary>
    public bool IsShort => Held > Capacity - (Capacity / 8);

    /// <summary>Whether peers are disconnected: more than the capacity is held.</summary>
    public bool IsOver => Held > Capacity;

    /// <summary>Bytes by which credit windows exceed their first size, for all peers and classes.</summary>
    public long Grown => Interlocked.Read(ref _grown);

    /// <summary>Records that more, or less, is held.</summary>
    /// <param name="bytes">How much more; negative when less is held.</param>
    public void Charge(long bytes)
    {
        if (bytes != 0)
        {
            Interlocked.Add(ref _held, bytes);
        }
    }

    /// <summary>
    /// Reserves memory for a credit window to grow. All windows together may take half of the budget. One step may
    /// take at most half of what is left of it, so that the first windows to grow leave something for later ones.
    /// </summary>
    /// <returns>False when there is no room; nothing is reserved then.</returns>
    internal bool TryGrow(int bytes)
    {
        long grown = Grown;
        while (2L * bytes <= (Capacity / 2) - grown)
        {
            long seen = Interlocked.CompareExchange(ref _grown, grown + bytes, grown);
            if (seen == grown)
            {
                return true;
            }

            grown = seen;
        }

        return false;
    }

    /// <summary>Returns the room reserved for a fragmented message.</summary>
    internal void Release(CreditClass creditClass, long bytes)
    {
        if (creditClass == CreditClass.Response)
        {
            Replies.Release(bytes);
        }
        else
        {
            Reassembly.Release(bytes);
        }
    }

    /// <summary>A window has shrunk, or its session is over.</summary>
    internal void Shrink(long bytes) => Interlocked.Add(ref _grown, -bytes);
}
