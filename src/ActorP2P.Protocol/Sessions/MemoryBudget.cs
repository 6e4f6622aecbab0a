namespace ActorP2P.Protocol;

/// <summary>
/// What a node may hold for its peers, all of them together: what of their messages has come and is not dealt with, and what waits to
/// be sent. Shared by all sessions, and safe to be: its figures are counters, changed in one step.
/// </summary>
/// <remarks>
/// When it runs short, first new messages in fragments are refused, from three quarters on; then broadcasts are dropped, from seven
/// eighths on; then the peers that hold most are closed. The least that a budget may be lets one peer fill all its own bounds.
/// </remarks>
internal sealed class MemoryBudget
{
    /// <summary>Makes a budget.</summary>
    /// <param name="capacity">Bytes that the node may hold for its peers.</param>
    /// <param name="reassembly">The part for messages that arrive in fragments; responses have as much again.</param>
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

    /// <summary>Room for messages that arrive in fragments, but for responses.</summary>
    public ReassemblyBudget Reassembly { get; }

    /// <summary>Room for responses that arrive in fragments.</summary>
    public ReplyRoom Replies { get; }

    /// <summary>Bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Whether new messages in fragments are refused: more than three quarters are held.</summary>
    public bool IsTight => Held > Capacity - (Capacity / 4);

    /// <summary>Whether broadcasts are dropped: more than seven eighths are held.</summary>
    public bool IsShort => Held > Capacity - (Capacity / 8);

    /// <summary>Whether peers are closed: more is held than may be.</summary>
    public bool IsOver => Held > Capacity;

    /// <summary>Bytes by which credit windows stand above their first size, of all peers and classes.</summary>
    public long Grown => Interlocked.Read(ref _grown);

    /// <summary>Notes that more is held, or less.</summary>
    /// <param name="bytes">How much more; negative for less.</param>
    public void Charge(long bytes)
    {
        if (bytes != 0)
        {
            Interlocked.Add(ref _held, bytes);
        }
    }

    /// <summary>
    /// Lets a credit window grow by at most half of what windows may still take, so that whoever grows first leaves something
    /// for those that come later. All together take half of the budget.
    /// </summary>
    /// <returns>False, with nothing taken, when there is no room.</returns>
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

    /// <summary>Returns what was reserved for a message that came in fragments.</summary>
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
