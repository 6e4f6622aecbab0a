namespace ActorP2P;

/// <summary>
/// Limits the asynchronous handlers that a node runs at a time, over all peers. When all slots are taken, each
/// connection waits in line once. A connection with a thousand waiting messages thus gets the next slot no sooner than
/// one with a single message.
/// </summary>
/// <param name="capacity">The number of slots.</param>
internal sealed class HandlerSlots(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<IActorRef> _waiting = new();
    private int _free = capacity;

    /// <summary>The slots that are free.</summary>
    public int Free
    {
        get
        {
            lock (_lock)
            {
                return _free;
            }
        }
    }

    /// <summary>
    /// Takes a slot, or puts the connection in line. A connection in line is sent
    /// <see cref="PeerMessages.SlotGranted"/> later.
    /// </summary>
    public bool TryTake(IActorRef peer)
    {
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return true;
            }

            _waiting.Enqueue(peer);
            return false;
        }
    }

    /// <summary>Returns a slot. The next connection in line gets it.</summary>
    public void Release()
    {
        IActorRef? next;
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out next))
            {
                _free++;
                return;
            }
        }

        next.Tell(new PeerMessages.SlotGranted(this), ActorRefs.NoSender);
    }
}
