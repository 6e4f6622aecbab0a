namespace ActorP2P.Actors;

/// <summary>The stash of one actor.</summary>
internal sealed class Stash(ActorCell cell, int? capacity) : IStash
{
    private readonly List<Envelope> _stashed = [];
    private long _lastStashed = -1;

    public int Count => _stashed.Count;

    public int Capacity { get; } = capacity ?? -1;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => _stashed.Count > 0;

    public bool IsFull => Capacity >= 0 && _stashed.Count >= Capacity;

    void IStash.Stash()
    {
        object message = cell.CurrentMessage
            ?? throw new IllegalActorStateException("There is no message being handled that could be stashed.");
        if (_lastStashed == cell.Handled)
        {
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once.");
        }
        if (IsFull)
        {
            throw new StashOverflowException($"Couldn't enqueue message {message} to stash of {cell.Self}.");
        }
        _lastStashed = cell.Handled;
        _stashed.Add(new Envelope(message, cell.RawSender));
    }

    public void Unstash()
    {
        if (_stashed.Count > 0)
        {
            Envelope oldest = _stashed[0];
            _stashed.RemoveAt(0);
            cell.Requeue([oldest]);
        }
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (_stashed.Count == 0)
        {
            return;
        }
        cell.Requeue(_stashed.FindAll(envelope => predicate(envelope)));
        _stashed.Clear();
    }

    public IEnumerable<Envelope> ClearStash()
    {
        Envelope[] stashed = [.. _stashed];
        _stashed.Clear();
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes);
}
