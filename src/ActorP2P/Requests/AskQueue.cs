namespace ActorP2P;

/// <summary>
/// Passes asks from any thread to the RequestTracker: one short lock for each ask, and one message
/// for all asks since the tracker last looked. Its content outlives the tracker's restarts.
/// </summary>
/// <param name="capacity">The asks that may wait here; further ones fail at once.</param>
internal sealed class AskQueue(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<PostedAsk> _taken = new();
    private readonly Queue<PostedAsk> _posted = new();
    private IActorRef _tracker = ActorRefs.Nobody;
    private string? _closedFor;
    private bool _isWoken;

    /// <summary>Sets the actor that is notified of asks.</summary>
    public void Open(IActorRef tracker)
    {
        bool wakes;
        lock (_lock)
        {
            _tracker = tracker;
            _isWoken = wakes = _posted.Count > 0;
        }

        if (wakes)
        {
            tracker.Tell(RequestMessages.AsksPosted.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>
    /// Posts an ask. In every case its buffer is released and its caller gets an outcome.
    /// </summary>
    public void Post(in PostedAsk ask)
    {
        string? closedFor;
        bool isFull;
        bool wakes = false;
        lock (_lock)
        {
            closedFor = _closedFor;
            isFull = _posted.Count >= capacity;
            if (closedFor is null && !isFull)
            {
                _posted.Enqueue(ask);
                wakes = !_isWoken;
                _isWoken = true;
            }
        }

        if (closedFor is not null)
        {
            ask.Refuse(AskFailure.NodeFailed, closedFor);
        }
        else if (isFull)
        {
            ask.Refuse(AskFailure.TooManyPending, $"{capacity} asks are waiting");
        }
        else if (wakes)
        {
            _tracker.Tell(RequestMessages.AsksPosted.Instance, ActorRefs.NoSender);
        }
    }

    /// <summary>
    /// Moves the posted asks to where <see cref="TryTake"/> finds them. Asks posted later notify the tracker again.
    /// </summary>
    public void TakePosted()
    {
        lock (_lock)
        {
            _isWoken = false;
            while (_posted.TryDequeue(out PostedAsk ask))
            {
                _taken.Enqueue(ask);
            }
        }
    }

    /// <summary>The next of the moved asks. Call it in the tracker's turn only.</summary>
    public bool TryTake(out PostedAsk ask) => _taken.TryDequeue(out ask);

    /// <summary>Closes the queue: the asks in it fail, and so do all later ones.</summary>
    public void Close(string detail)
    {
        lock (_lock)
        {
            _closedFor = detail;
        }

        TakePosted();
        while (TryTake(out PostedAsk ask))
        {
            ask.Refuse(AskFailure.NodeFailed, detail);
        }
    }
}
