namespace ActorP2P;

/// <summary>
/// Changes that wait for the store, at most one for each entry, and the callers who wait for them. The oldest are the
/// first.
/// </summary>
internal sealed class StoreBatch
{
    /// <summary>The most bytes of values, so that a store that does not answer does not fill the memory.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly OrderedDictionary<StoreEntryName, PeerStoreChange> _changes = [];
    private readonly List<TaskCompletionSource> _waiting = [];
    private long _bytes;

    /// <summary>How many changes there are.</summary>
    public int Count => _changes.Count;

    /// <summary>The changes.</summary>
    public IReadOnlyList<PeerStoreChange> Changes => [.. _changes.Values];

    /// <summary>Adds changes in place of earlier ones of the same entries, all or none.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="done">Who waits for them; null: nobody.</param>
    /// <param name="writing">The changes that are being written, and that may have to be taken back; null: none.</param>
    /// <returns>False when there is no room.</returns>
    public bool TryAdd(IReadOnlyList<PeerStoreChange> changes, TaskCompletionSource? done, StoreBatch? writing)
    {
        if (_changes.Count + changes.Count + (writing?.Count ?? 0) > PeerStoreLimits.MaxChanges
            || _bytes + changes.Sum(SizeOf) + (writing?._bytes ?? 0) > MaxBytes)
        {
            return false;
        }

        foreach (PeerStoreChange change in changes)
        {
            StoreEntryName name = StoreEntryName.Of(change);
            _bytes += SizeOf(change) - (_changes.TryGetValue(name, out PeerStoreChange? earlier) ? SizeOf(earlier) : 0);
            _changes[name] = change;
        }

        if (done is not null)
        {
            _waiting.Add(done);
        }

        return true;
    }

    /// <summary>
    /// Takes back changes that the store has not taken, except of entries that were changed again meanwhile.
    /// </summary>
    public void Return(StoreBatch failed)
    {
        foreach ((StoreEntryName name, PeerStoreChange change) in failed._changes)
        {
            if (_changes.TryAdd(name, change))
            {
                _bytes += SizeOf(change);
            }
        }
    }

    /// <summary>Tells the callers that the store has the changes.</summary>
    public void Succeed()
    {
        _waiting.ForEach(static done => done.TrySetResult());
        _waiting.Clear();
    }

    /// <summary>Tells the callers that the store does not have the changes.</summary>
    public void Fail(PeerStoreException reason)
    {
        _waiting.ForEach(done => done.TrySetException(reason));
        _waiting.Clear();
    }

    private static long SizeOf(PeerStoreChange change) => change.Value?.Length ?? 0;
}
