using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorP2P;

/// <summary>
/// A node's store in one file of SQLite, <see cref="FileName"/>, in a directory that one store at a time can use. A
/// write is on the disk when its task completes. A damaged file is renamed, and an empty one is made.
/// </summary>
public sealed class SqlitePeerStore : IPeerStore
{
    /// <summary>The name of the file in the directory.</summary>
    public const string FileName = "peers.db";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly StoreDatabase _database;
    private readonly FileStream _directoryLock;
    private bool _isClosed;

    private SqlitePeerStore(string directory, StoreDatabase database, FileStream directoryLock, string? setAside)
    {
        Directory = directory;
        _database = database;
        _directoryLock = directoryLock;
        SetAside = setAside;
    }

    /// <summary>The full path of the directory.</summary>
    public string Directory { get; }

    /// <summary>
    /// The path to which a damaged file was renamed when the store was opened; null when the file was not damaged.
    /// </summary>
    public string? SetAside { get; }

    /// <summary>Opens stores for nodes: the value of <see cref="P2PNodeServices.OpenStore"/>.</summary>
    /// <param name="loggers">Where the store reports a damaged file; null: nowhere.</param>
    public static Func<string, CancellationToken, ValueTask<IPeerStore>> Opener(ILoggerFactory? loggers = null) =>
        async (directory, cancellationToken) =>
            await OpenAsync(directory, loggers, cancellationToken: cancellationToken);

    /// <summary>Opens the store in a directory, which is made if it does not exist.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="loggers">Where a damaged file is reported; null: nowhere.</param>
    /// <param name="time">The clock for the new name of a damaged file; null: the system's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="PeerStoreException">
    /// The store cannot be opened: another one uses the directory (<see cref="PeerStoreFault.InUse"/>), the file is of
    /// a newer version or of another software, or the directory cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<SqlitePeerStore> OpenAsync(
        string directory, ILoggerFactory? loggers = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        ILogger logger = loggers?.CreateLogger("ActorP2P.Storage") ?? NullLogger.Instance;
        return Task.Run(
            () => Open(Path.GetFullPath(directory), logger, time ?? TimeProvider.System), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PeerStoreEntry>> ReadAsync(
        string table, CancellationToken cancellationToken = default)
    {
        PeerStoreLimits.RequireTable(table, nameof(table));
        return await RunAsync(() => _database.Read(table), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(
        IReadOnlyList<PeerStoreChange> changes, CancellationToken cancellationToken = default)
    {
        PeerStoreLimits.RequireChanges(changes, nameof(changes));
        await RunAsync(
            () =>
            {
                _database.Write(changes);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Closes the file, after a read or write that is in progress.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            if (!_isClosed)
            {
                _isClosed = true;
                await Task.Run(Close);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does one thing at a time, outside of the caller's thread, because the file may be slow.</summary>
    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _isClosed
                ? throw new PeerStoreException(PeerStoreFault.Closed, $"the store in {Directory} is closed")
                : await Task.Run(work, cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw SqliteFaults.Of(failure, Directory);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static SqlitePeerStore Open(string directory, ILogger logger, TimeProvider time)
    {
        FileStream directoryLock = DirectoryLock.Take(directory);
        try
        {
            StoreDatabase database = OpenDatabase(directory, logger, time, out string? setAside);
            return new SqlitePeerStore(directory, database, directoryLock, setAside);
        }
        catch (SqliteException failure)
        {
            directoryLock.Dispose();
            throw SqliteFaults.Of(failure, directory);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    private static StoreDatabase OpenDatabase(
        string directory, ILogger logger, TimeProvider time, out string? setAside)
    {
        string path = Path.Combine(directory, FileName);
        setAside = null;
        try
        {
            return StoreDatabase.Open(path);
        }
        catch (SqliteException damage) when (SqliteFaults.IsDamage(damage))
        {
            setAside = DamagedFile.SetAside(path, time);
            StorageLog.SetAside(logger, path, setAside, damage.Message);
            return StoreDatabase.Open(path);
        }
    }

    private void Close()
    {
        _database.Dispose();
        _directoryLock.Dispose();
    }
}
