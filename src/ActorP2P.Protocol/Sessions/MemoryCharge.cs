namespace ActorP2P.Protocol;

/// <summary>What one session has reserved of the node's memory, and what it has told the node's budget.</summary>
internal sealed class MemoryCharge(MemoryBudget memory)
{
    // Several connections share the budget's counter, and most turns change little.
    private const long Grain = 16 * 1024;

    private long _charged;
    private long _delivered;
    private long _deliveredResponses;

    /// <summary>Bytes reserved for messages that came in fragments, were delivered, and are not dealt with.</summary>
    public long Delivered => _delivered + _deliveredResponses;

    /// <summary>A message that came in fragments is delivered, with the room that is reserved for it.</summary>
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

    /// <summary>The message has been dealt with, and its room is returned.</summary>
    public void OnFinished(CreditClass creditClass, int bytes)
    {
        if (bytes > 0)
        {
            OnDelivered(creditClass, -bytes);
            memory.Release(creditClass, bytes);
        }
    }

    /// <summary>Tells the budget that the session holds this much by itself.</summary>
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
