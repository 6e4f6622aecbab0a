using System.Collections.Immutable;

namespace ActorP2P;

/// <summary>
/// A store in memory. It outlives the nodes that use it, so a test that gives one to a node, stops the node and gives
/// it to another one sees what a restart sees.
/// </summary>
public sealed class MemoryPeerStore : IPeerStore
{
    // A write makes its changes to copies, so that one that fails changes nothing.
    private static readonly ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> s_empty =
        ImmutableSortedDictionary.Create<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private ImmutableDictionary<string, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>> _tables =
        ImmutableDictionary.Create<string, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>>();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeerStoreEntry>> ReadAsync(
        string table, CancellationToken cancellationToken = default)
    {
        PeerStoreLimits.RequireTable(table, nameof(table));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            IReadOnlyList<PeerStoreEntry> entries = [.. _tables.GetValueOrDefault(table, s_empty)
                .Select(static entry => new PeerStoreEntry(entry.Key, entry.Value))];
            return ValueTask.FromResult(entries);
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<PeerStoreChange> changes, CancellationToken cancellationToken = default)
    {
        PeerStoreLimits.RequireChanges(changes, nameof(changes));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ImmutableDictionary<string, ImmutableSortedDictionary<string, ReadOnlyMemory<byte>>> tables = _tables;
            foreach (PeerStoreChange change in changes)
            {
                ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> table =
                    tables.GetValueOrDefault(change.Table, s_empty);
                table = change.Value is { } value ? table.SetItem(change.Key, value) : table.Remove(change.Key);
                tables = table.IsEmpty ? tables.Remove(change.Table) : tables.SetItem(change.Table, table);
            }

            foreach (PeerStoreChange change in changes)
            {
                PeerStoreLimits.RequireEntries(
                    change.Table, tables.GetValueOrDefault(change.Table, s_empty).Count);
            }

            PeerStoreLimits.RequireTables(tables.Count);
            _tables = tables;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Does nothing: the entries stay, and the store can still be used.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
