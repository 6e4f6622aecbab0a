namespace ActorP2P;

/// <summary>
/// The streams of a peer with which the application has done something: opened, read, written, ended. Any thread adds
/// to it; the connection's actor is woken once and takes all of them.
/// </summary>
internal sealed class TouchedStreams
{
    // The object is its own lock, because a Lock would take 40 bytes of every connection.
    private List<PeerStream>? _touched;
    private bool _isWoken;
    private bool _isClosed;

    /// <summary>Adds a stream, and wakes the actor unless it is awake.</summary>
    /// <returns>False when the connection has ended.</returns>
    public bool TryAdd(PeerStream stream, IActorRef actor)
    {
        bool wakes;
        lock (this)
        {
            if (_isClosed)
            {
                return false;
            }

            (_touched ??= []).Add(stream);
            wakes = !_isWoken;
            _isWoken = true;
        }

        if (wakes)
        {
            actor.Tell(PeerMessages.StreamsTouched.Instance, ActorRefs.NoSender);
        }

        return true;
    }

    /// <summary>Takes the streams. A stream that is added from now on wakes the actor again.</summary>
    /// <param name="empty">An empty list, which is filled from now on; null: to be made when it is needed.</param>
    /// <returns>The streams; null when there are none.</returns>
    public List<PeerStream>? Take(List<PeerStream>? empty)
    {
        lock (this)
        {
            _isWoken = false;
            if (_touched is not { Count: > 0 } touched)
            {
                return null;
            }

            _touched = empty;
            return touched;
        }
    }

    /// <summary>Takes no more streams: the connection has ended. Those that wait can still be taken.</summary>
    public void Close()
    {
        lock (this)
        {
            _isClosed = true;
        }
    }
}
