namespace ActorP2P;

/// <summary>
/// The streams of a peer with which the application has done something: opened, read, written, ended. Any thread adds
/// to it; the connection's actor is woken once and takes all of them.
/// </summary>
internal sealed class TouchedStreams
{
    private readonly Lock _lock = new();
    private List<PeerStream> _touched = [];
    private bool _isWoken;
    private bool _isClosed;

    /// <summary>Adds a stream, and wakes the actor unless it is awake.</summary>
    /// <returns>False when the connection has ended.</returns>
    public bool TryAdd(PeerStream stream, IActorRef actor)
    {
        bool wakes;
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _touched.Add(stream);
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
    /// <param name="empty">An empty list, which is filled from now on.</param>
    public List<PeerStream> Take(List<PeerStream> empty)
    {
        lock (_lock)
        {
            _isWoken = false;
            if (_touched.Count == 0)
            {
                return empty;
            }

            List<PeerStream> touched = _touched;
            _touched = empty;
            return touched;
        }
    }

    /// <summary>Takes no more streams: the connection has ended. Those that wait can still be taken.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }
}
