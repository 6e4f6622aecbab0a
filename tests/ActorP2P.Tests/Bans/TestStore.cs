namespace ActorP2P.Tests.Bans;

/// <summary>A store in memory that fails or waits when a test says so.</summary>
internal sealed class TestStore(MemoryPeerStore? inner = null) : IPeerStore
{
    private readonly MemoryPeerStore _inner = inner ?? new MemoryPeerStore();

    /// <summary>What reads fail with; null: they succeed.</summary>
    public Exception? ReadFailure { get; set; }

    /// <summary>What writes fail with; null: they succeed.</summary>
    public Exception? WriteFailure { get; set; }

    /// <summary>What reads and writes wait for; null: nothing.</summary>
    public Task? Gate { get; set; }

    /// <summary>The number of changes of each write that has begun.</summary>
    public List<int> Writes { get; } = [];

    /// <summary>How often it was disposed.</summary>
    public int Disposals { get; private set; }

    public async ValueTask<IReadOnlyList<PeerStoreEntry>> ReadAsync(
        string table, CancellationToken cancellationToken = default)
    {
        await (Gate ?? Task.CompletedTask);
        return ReadFailure is null ? await _inner.ReadAsync(table, cancellationToken) : throw ReadFailure;
    }

    public async ValueTask WriteAsync(
        IReadOnlyList<PeerStoreChange> changes, CancellationToken cancellationToken = default)
    {
        Writes.Add(changes.Count);
        await (Gate ?? Task.CompletedTask);
        if (WriteFailure is not null)
        {
            throw WriteFailure;
        }

        await _inner.WriteAsync(changes, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }

    /// <summary>The keys of the stored bans.</summary>
    public async Task<IEnumerable<string>> BansAsync() => (await _inner.ReadAsync("bans")).Select(entry => entry.Key);
}
