namespace ActorP2P;

/// <summary>
/// Holds handlers back while their peer has not taken the replies of those before: what waits is a send queue and one message,
/// whatever the replies' size, which nobody knows before. Two actors look at it, the peer's and its handlers'; one fills it, the
/// other empties it.
/// </summary>
/// <param name="capacity">Bytes of replies at which no further handler begins.</param>
internal sealed class ReplyGate(int capacity)
{
    // As many small ones as may be handled at a time are less than a send queue; they pass uncounted.
    private const int Counted = 4 * 1024;

    private long _onTheWay;
    private long _queued;
    private int _isHolding;

    /// <summary>Whether no handler may begin.</summary>
    public bool IsFull => Volatile.Read(ref _onTheWay) + Volatile.Read(ref _queued) >= capacity;

    /// <summary>The handlers' side: a reply is on its way to the peer's actor.</summary>
    public void Leave(int bytes)
    {
        if (bytes >= Counted)
        {
            Interlocked.Add(ref _onTheWay, bytes);
        }
    }

    /// <summary>The peer's side: a reply has come, and is queued or dropped.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="queued">Bytes of replies in the send queue, this one included.</param>
    public void Arrive(int bytes, long queued)
    {
        Volatile.Write(ref _queued, queued);
        if (bytes >= Counted)
        {
            Interlocked.Add(ref _onTheWay, -bytes);
        }
    }

    /// <summary>The handlers' side: holds from now on, and is to be told when the gate opens.</summary>
    /// <returns>Whether it is still full; else nobody will tell.</returns>
    public bool TryHold()
    {
        Interlocked.Exchange(ref _isHolding, 1);
        return IsFull || Interlocked.Exchange(ref _isHolding, 0) == 0;
    }

    /// <summary>The peer's side: the send queue holds this much now.</summary>
    /// <returns>Whether the handlers hold, and are to be told that they may go on.</returns>
    public bool TryOpen(long queued)
    {
        if (Volatile.Read(ref _queued) != queued)
        {
            Interlocked.Exchange(ref _queued, queued);
        }

        return Volatile.Read(ref _isHolding) != 0 && !IsFull && Interlocked.Exchange(ref _isHolding, 0) != 0;
    }
}
