namespace ActorP2P.Protocol;

/// <summary>What one session has reserved of the node's memory, and what it has charged to the node's budget.</summary>
internal sealed class MemoryCharge(MemoryBudget memory)
{
    // Small changes are not charged: all connections share the budget's counter, and most turns change little.
    private const long Grain = 16 * 1024;

    private long _charged;
    private long _delivered;
    private long _deliveredResponses;

    /// <summary>Bytes reserved for fragmented messages that were delivered and are not finished.</summary>
    public long Delivered => _delivered + _deliveredResponses;

    /// <summary>A fragmented message is delivered; its room stays reserved.</summary>
    public void OnDelivered(CreditClass creditClass, int bytes)
    {
        if (creditClass == CreditClass.Response)
        {
            _deliveredResponses += bytes;
        }
        else
        {
            _delivered += bytes;
        }
    }

    /// <summary>The message is finished, and its room is returned.</summary>
    public void OnFinished(CreditClass creditClass, int bytes)
    {
        if (bytes > 0)
        {
            OnDelivered(creditClass, -bytes);
            memory.Release(creditClass, bytes);
        }
    }

    /// <summary>Charges the bytes that the session holds now to the budget.</summary>
    public void Update(long bytes)
    {
        if (Math.Abs(bytes - _charged) >= Grain || bytes == 0)
        {
            memory.Charge(bytes - _charged);
            _charged = bytes;
        }
    }

    /// <summary>Returns everything.</summary>
    public void Close()
    {
        memory.Reassembly.Release(_delivered);
        memory.Replies.Release(_deliveredResponses);
        _delivered = _deliveredResponses = 0;
        Update(0);
    }
}
