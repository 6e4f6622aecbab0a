namespace ActorP2P.Protocol;

/// <content>What the peer makes this node hold, and how the node's budget learns of it.</content>
internal sealed partial class PeerSession
{
    // Several connections share the budget's counter, and most turns change little.
    private const long Grain = 16 * 1024;

    private long _charged;

    /// <summary>
    /// Bytes that this node holds for the peer: messages that came and are not dealt with, fragments with the whole buffers they lie
    /// in, and what waits to be sent.
    /// </summary>
    public long HeldBytes => OwnBytes + _lanes.CommonBytes;

    /// <summary>Messages in fragments that were refused for want of room.</summary>
    public long RefusedForRoom { get; private set; }

    /// <summary>Broadcasts dropped because the node's memory is short; counted in <see cref="DroppedBroadcasts"/> too.</summary>
    public long DroppedForMemory { get; private set; }

    private long OwnBytes
    {
        get
        {
            long bytes = _lanes.Bytes - _lanes.CommonBytes + _delivered + _deliveredReplies
                + ((_missed?.Count ?? 0) * MissedBroadcasts.EntryBytes);
            for (int i = 0; i < CreditBook.Classes; i++)
            {
                bytes += _granted.Used((CreditClass)i) - _granted.Finished((CreditClass)i);
            }

            return _reassembly.Count > 0 ? bytes + _reassembly.Held : bytes;
        }
    }

    /// <summary>Tells the node's budget what is held now. To be called at the end of each turn.</summary>
    public void ChargeMemory()
    {
        long own = State == SessionState.Closed ? 0 : OwnBytes;
        if (Math.Abs(own - _charged) >= Grain || own == 0)
        {
            _memory.Charge(own - _charged);
            _charged = own;
        }
    }

    private void ReleaseMemory()
    {
        _memory.Charge(-_charged);
        _charged = 0;
    }
}
