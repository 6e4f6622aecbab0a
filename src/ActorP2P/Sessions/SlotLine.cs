namespace ActorP2P;

/// <summary>
/// One connection's share of the node's <see cref="HandlerSlots"/>. The connection is in line at
/// most once. It has no lock of its own: the lock of the <see cref="HandlerQueue"/> guards it.
/// </summary>
/// <param name="node">The node, which has the slots.</param>
/// <param name="peer">The connection's actor, which is notified when it gets a slot.</param>
internal sealed class SlotLine(NodeContext node, IActorRef peer)
{
    private int _held;
    private bool _isInLine;
    private TimeSpan _inLineSince;

    /// <summary>Whether a slot may be available: one is held, or the connection is not in line.</summary>
    public bool MayHave => _held > 0 || !_isInLine;

    /// <summary>The connection has got the slot that it waited for.</summary>
    public void Take()
    {
        TimeSpan now = node.Now;
        node.Pressure.OnWaited(peer, now, now - _inLineSince);
        _isInLine = false;
        _held++;
    }

    /// <summary>Gives a handler a slot, or puts the connection in line for one.</summary>
    public bool TryGive(Invocation invocation)
    {
        if (_held == 0 && !_isInLine)
        {
            _isInLine = !node.HandlerSlots.TryTake(peer);
            _held = _isInLine ? 0 : 1;
            _inLineSince = _isInLine ? node.Now : default;
        }

        if (_held == 0)
        {
            return false;
        }

        _held--;
        invocation.HoldSlot(node.HandlerSlots);
        return true;
    }

    /// <summary>
    /// Returns the slots that are held. The handlers they were meant for may be cancelled or may wait, and other
    /// connections must not wait for that.
    /// </summary>
    public void Return()
    {
        for (; _held > 0; _held--)
        {
            node.HandlerSlots.Release();
        }
    }
}
