namespace ActorP2P;

/// <summary>
/// Where a node keeps what must outlive it: bans, the addresses of nodes that it knows, and the like. A store has named
/// tables, and a table has entries with a key and some bytes. <see cref="MemoryPeerStore"/> keeps them in memory, and
/// the package <c>ActorP2P.Storage.Sqlite</c> in a file. Any thread may call its members, several at a time.
/// </summary>
/// <remarks>
/// The node calls a store outside of its actors' turns and puts up with every failure: it reports the failure and goes
/// on without the store. A store that needs long delays the node's start by <see cref="PeerStoreLimits.Timeout"/> at
/// most.
/// </remarks>
public interface IPeerStore : IAsyncDisposable
{
    /// <summary>Reads a table.</summary>
    /// <param name="table">
    /// The table's name, at most <see cref="PeerStoreLimits.MaxName"/> lower-case letters, digits and hyphens.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// All entries, in the ordinal order of their keys; none if nothing was ever written to the table.
    /// </returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="PeerStoreException">The table cannot be read; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ValueTask<IReadOnlyList<PeerStoreEntry>> ReadAsync(string table, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes changes, all of them or none. When the task has completed, they outlive the end of the process. Of two
    /// changes of one entry the later one counts.
    /// </summary>
    /// <param name="changes">The changes, at most <see cref="PeerStoreLimits.MaxChanges"/>.</param>
    /// <param name="cancellationToken">Gives up; the changes may have been made nevertheless.</param>
    /// <exception cref="ArgumentException">There are too many changes, or null is among them.</exception>
    /// <exception cref="PeerStoreException">No change was made; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    ValueTask WriteAsync(IReadOnlyList<PeerStoreChange> changes, CancellationToken cancellationToken = default);
}
