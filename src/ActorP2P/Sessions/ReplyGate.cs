using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Holds handlers back while their peer has not taken the replies of those before: what waits in a lane is a send queue and one
/// message, whatever the replies' size, which nobody knows before. Two actors look at it, the peer's and its handlers'; one fills
/// it, the other empties it.
/// </summary>
/// <param name="capacity">Bytes of replies, in a lane and the more urgent ones, at which no further handler of the lane begins.</param>
internal sealed class ReplyGate(int capacity)
{
    // As many small ones as may be handled at a time are less than a send queue; they pass uncounted.
    private const int Counted = 4 * 1024;

    // By lane, the most urgent first. What is queued includes the more urgent lanes, what is on the way does not.
    private readonly long[] _onTheWay = new long[3];
    private readonly long[] _queued = new long[3];
    private int _held;

    /// <summary>Whether no handler of the lane may begin.</summary>
    public bool IsFull(Lane lane)
    {
        long bytes = Volatile.Read(ref _queued[(int)lane - 1]);
        for (int i = 0; i < (int)lane; i++)
        {
            bytes += Volatile.Read(ref _onTheWay[i]);
        }

        return bytes >= capacity;
    }

    /// <summary>The handlers' side: a reply is on its way to the peer's actor.</summary>
    public void Leave(Lane lane, int bytes)
    {
        if (bytes >= Counted)
        {
            Interlocked.Add(ref _onTheWay[(int)lane - 1], bytes);
        }
    }

    /// <summary>The peer's side: a reply has come, and is queued or dropped.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="queued">Bytes of replies in the send queue, this one included.</param>
    public void Arrive(Lane lane, int bytes, in QueuedBytes queued)
    {
        Note(queued);
        if (bytes >= Counted)
        {
            Interlocked.Add(ref _onTheWay[(int)lane - 1], -bytes);
        }
    }

    /// <summary>The handlers' side: holds a lane from now on, and is to be told when the gate opens.</summary>
    /// <returns>Whether it is still full; else there is nothing to wait for.</returns>
    public bool TryHold(Lane lane)
    {
        // Said first and looked at again, or the word that it has opened could fall between.
        Interlocked.Or(ref _held, 1 << (int)lane);
        return IsFull(lane);
    }

    /// <summary>The peer's side: the send queue holds this much now.</summary>
    /// <returns>Whether the handlers hold a lane that has room now, and are to be told.</returns>
    public bool TryOpen(in QueuedBytes queued)
    {
        Note(queued);
        return Volatile.Read(ref _held) != 0 && (TryOpen(Lane.High) | TryOpen(Lane.Normal) | TryOpen(Lane.Bulk));
    }

    private bool TryOpen(Lane lane)
    {
        int bit = 1 << (int)lane;
        return (Volatile.Read(ref _held) & bit) != 0 && !IsFull(lane) && (Interlocked.And(ref _held, ~bit) & bit) != 0;
    }

    private void Note(in QueuedBytes queued)
    {
        Note(ref _queued[0], queued.High);
        Note(ref _queued[1], queued.Normal);
        Note(ref _queued[2], queued.Bulk);
    }

    // Most turns change nothing, and then the line stays with the processor that has it.
    private static void Note(ref long place, long bytes)
    {
        if (Volatile.Read(ref place) != bytes)
        {
            Interlocked.Exchange(ref place, bytes);
        }
    }
}
