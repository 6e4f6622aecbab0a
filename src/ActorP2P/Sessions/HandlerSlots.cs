namespace ActorP2P;

/// <summary>
/// How many asynchronous handlers a node runs at a time, over all peers. When all slots are taken, connections stand in
/// line, each once: one that has a thousand messages waiting gets the next slot no sooner than one that has a single
/// one.
/// </summary>
/// <param name="capacity">Slots in all.</param>
internal sealed class HandlerSlots(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<IActorRef> _waiting = new();
    private int _free = capacity;

    /// <summary>Slots that are not taken, and that nobody waits for.</summary>
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
    /// Takes a slot, or puts the connection in line: then it is told <see cref="PeerMessages.SlotGranted"/>.
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

    /// <summary>A slot is no longer needed: the next in line has it.</summary>
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
