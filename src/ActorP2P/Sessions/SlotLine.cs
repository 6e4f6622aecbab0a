namespace ActorP2P;

/// <summary>
/// One connection's share of the node's <see cref="HandlerSlots"/>: it stands in line at most once. It has no lock; the
/// <see cref="HandlerQueue"/>'s guards it.
/// </summary>
/// <param name="slots">The node's slots.</param>
/// <param name="peer">The connection's actor, which is told when it has a slot.</param>
internal sealed class SlotLine(HandlerSlots slots, IActorRef peer)
{
    private int _held;
    private bool _isInLine;

    /// <summary>Whether a slot may be had: one is held, or nobody has been asked for one yet.</summary>
    public bool MayHave => _held > 0 || !_isInLine;

    /// <summary>The connection was in line, and has a slot.</summary>
    public void Take()
    {
        _isInLine = false;
        _held++;
    }

    /// <summary>Gives a handler a slot, or stands in line for one.</summary>
    public bool TryGive(Invocation invocation)
    {
        if (_held == 0 && !_isInLine)
        {
            _isInLine = !slots.TryTake(peer);
            _held = _isInLine ? 0 : 1;
        }

        if (_held == 0)
        {
            return false;
        }

        _held--;
        invocation.HoldSlot(slots);
        return true;
    }

    /// <summary>
    /// Gives back what is held: what it was for may have been cancelled or may wait, and others must not wait for that.
    /// </summary>
    public void Return()
    {
        for (; _held > 0; _held--)
        {
            slots.Release();
        }
    }
}
