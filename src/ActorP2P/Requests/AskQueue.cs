namespace ActorP2P;

/// <summary>
/// The way of asks from any thread to the RequestTracker: one short lock for each, and one message for all that have
/// come since the tracker looked last. What is in it outlives the tracker's restarts.
/// </summary>
/// <param name="capacity">Asks that may stand here; further ones fail at once.</param>
internal sealed class AskQueue(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<PostedAsk> _taken = new();
    private readonly Queue<PostedAsk> _posted = new();
    private IActorRef _tracker = ActorRefs.Nobody;
    private string? _closedFor;
    private bool _isWoken;

    /// <summary>Names the actor that is told of asks.</summary>
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
    /// Posts an ask. Whatever becomes of it, its buffer is released and whoever waits for it is told.
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
    /// Moves what has come to where <see cref="TryTake"/> finds it; what comes later wakes the tracker again.
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

    /// <summary>The next of those moved. The tracker's turn only.</summary>
    public bool TryTake(out PostedAsk ask) => _taken.TryDequeue(out ask);

    /// <summary>Nobody will look any more: those in it fail, and so do all that come.</summary>
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
