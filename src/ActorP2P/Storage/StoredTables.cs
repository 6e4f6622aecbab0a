using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>What the node's store had when the node started.</summary>
internal sealed class StoredTables
{
    private readonly Dictionary<string, IReadOnlyList<PeerStoreEntry>> _tables = [];

    /// <summary>Why a table could not be read; null when all were read.</summary>
    public PeerStoreException? Fault { get; private set; }

    /// <summary>The entries of a table; none when there is no store, or the table could not be read.</summary>
    public IReadOnlyList<PeerStoreEntry> this[string table] => _tables.GetValueOrDefault(table) ?? [];

    /// <summary>
    /// Reads all tables, for at most <see cref="PeerStoreLimits.Timeout"/> in all. What cannot be read is empty.
    /// </summary>
    /// <param name="store">The store; null: there is none.</param>
    /// <param name="time">The node's clock.</param>
    /// <param name="cancellationToken">Cancels the node's start.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<StoredTables> ReadAsync(
        IPeerStore? store, TimeProvider time, CancellationToken cancellationToken)
    {
        StoredTables tables = new();
        if (store is null)
        {
            return tables;
        }

        using CancellationTokenSource limit = new(PeerStoreLimits.Timeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(
            limit.Token, cancellationToken);
        foreach (string table in StoreTables.All)
        {
            await tables.ReadAsync(store, table, both.Token);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return tables;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the store is a failure of the store.")]
    private async Task ReadAsync(IPeerStore store, string table, CancellationToken cancellationToken)
    {
        try
        {
            _tables[table] = await store.ReadAsync(table, cancellationToken).AsTask().OrCancelled(cancellationToken);
        }
        catch (PeerStoreException failure)
        {
            Fault ??= failure;
        }
        catch (OperationCanceledException)
        {
            Fault ??= new PeerStoreException(PeerStoreFault.TimedOut,
                $"the table {table} was not read within {PeerStoreLimits.Timeout.TotalSeconds} s");
        }
        catch (Exception failure)
        {
            Fault ??= new PeerStoreException(PeerStoreFault.Unavailable, failure.Message, failure);
        }
    }
}
