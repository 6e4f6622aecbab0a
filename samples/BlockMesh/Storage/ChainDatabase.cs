using System.Globalization;
using BlockMesh.Chain;
using Microsoft.Data.Sqlite;
using NBitcoin;

namespace BlockMesh.Storage;

/// <summary>
/// The file of a store: an SQLite database with a row for each header and each block. Its write-ahead log allows the
/// process to be killed at any moment. Only one process has it open at a time. Not safe for concurrent use.
/// </summary>
internal sealed class ChainDatabase : IDisposable
{
    /// <summary>The name of the file in the store's directory.</summary>
    public const string FileName = "chain.db";

    private const string WriteAheadLog = "-wal";

    // SQLite's application id, "BMCH", and its user version, the version of the tables.
    private const long ApplicationId = 0x424d4348;
    private const long Version = 2;

    // A store that is damaged repeatedly must not fill the disk: the last copy is overwritten.
    private const int MaxCopies = 9;

    private readonly SqliteConnection _connection;

    private ChainDatabase(SqliteConnection connection) => _connection = connection;

    // The first bytes of every SQLite database.
    private static ReadOnlySpan<byte> FileMark => "SQLite format 3\0"u8;

    /// <summary>Opens a database in memory.</summary>
    public static ChainDatabase InMemory(ChainRules rules) => Open(":memory:", rules);

    /// <summary>Opens the database of a directory, or makes a new one.</summary>
    /// <exception cref="ChainStoreException">The file is not a store of this chain.</exception>
    /// <exception cref="SqliteException">The file is in use, cannot be accessed, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be accessed.</exception>
    public static ChainDatabase OpenDirectory(string directory, ChainRules rules)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        using (FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite))
        {
            Span<byte> mark = stackalloc byte[FileMark.Length];
            int read = file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
            if (read > 0 && !mark[..read].SequenceEqual(FileMark))
            {
                throw NotAStore();
            }
        }

        return Open(path, rules);
    }

    /// <summary>Renames a damaged file, so that a new one can be made.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static SetAside SetAside(string directory, string reason)
    {
        string path = Path.Combine(directory, FileName);
        string[] copies = [.. Enumerable.Range(1, MaxCopies)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{number}"))];
        string copy = Array.Find(copies, name => !File.Exists(name)) ?? copies[^1];
        File.Move(path, copy, overwrite: true);

        // The log must be moved with its database. Otherwise SQLite would apply it to the new database.
        if (File.Exists(path + WriteAheadLog))
        {
            File.Move(path + WriteAheadLog, copy + WriteAheadLog, overwrite: true);
        }

        return new SetAside(FileName, Path.GetFileName(copy), reason);
    }

    /// <summary>The headers from a height on, at most <paramref name="max"/>.</summary>
    public IEnumerable<byte[]> ReadHeaders(int from, int max) => Read("headers", from, max);

    /// <summary>The blocks from a height on, at most <paramref name="max"/>.</summary>
    public IEnumerable<byte[]> ReadBlocks(int from, int max) => Read("blocks", from, max);

    /// <summary>Adds headers from a height on, either all or none.</summary>
    public void AddHeaders(int height, ReadOnlySpan<byte> bytes)
    {
        using SqliteTransaction all = _connection.BeginTransaction();
        using SqliteCommand insert = Insert("headers", all);
        for (; bytes.Length > 0; bytes = bytes[BlockHeader.Size..])
        {
            insert.Parameters["$height"].Value = height++;
            insert.Parameters["$bytes"].Value = bytes[..BlockHeader.Size].ToArray();
            insert.ExecuteNonQuery();
        }

        all.Commit();
    }

    /// <summary>Adds the block at a height.</summary>
    public void AddBlock(int height, ReadOnlySpan<byte> bytes)
    {
        using SqliteCommand insert = Insert("blocks", transaction: null);
        insert.Parameters["$height"].Value = height;
        insert.Parameters["$bytes"].Value = bytes.ToArray();
        insert.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static ChainDatabase Open(string path, ChainRules rules)
    {
        // If the file is in use, the open fails after a second. SQLite may need that long to notice that a killed
        // process has released it.
        SqliteConnectionStringBuilder settings = new() { DataSource = path, Pooling = false, DefaultTimeout = 1 };
        var database = new ChainDatabase(new SqliteConnection(settings.ToString()));
        try
        {
            database._connection.Open();
            database.Prepare(rules.GenesisHash);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void Prepare(uint256 genesis)
    {
        // The lock is taken by the first read and held until the end. The log is written to the disk at each
        // checkpoint: the data of a killed process are kept, and the last data before a power failure are requested
        // from peers again.
        Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        long application = (long)Scalar("PRAGMA application_id")!;
        if (application == 0 && (long)Scalar("SELECT count(*) FROM sqlite_schema")! == 0)
        {
            string tables = string.Create(CultureInfo.InvariantCulture, $"""
                BEGIN;
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {Version};
                CREATE TABLE chain (genesis TEXT NOT NULL);
                CREATE TABLE headers (height INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
                CREATE TABLE blocks (height INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
                INSERT INTO chain VALUES ('{genesis}');
                COMMIT;
                """);
            Execute(tables);
        }
        else if (application != ApplicationId || (long)Scalar("PRAGMA user_version")! != Version)
        {
            throw NotAStore();
        }

        // The check finds lost rows, which no other check would notice.
        string check = $"{Scalar("PRAGMA quick_check(1)")}";
        if (check != "ok")
        {
            throw new ChainStoreException(ChainStoreFault.Damaged, check.ReplaceLineEndings(" "));
        }

        string found = $"{Scalar("SELECT genesis FROM chain")}";
        if (found != genesis.ToString())
        {
            throw new ChainStoreException(
                ChainStoreFault.OtherChain, $"{FileName} belongs to the chain with genesis {found}, not {genesis}.");
        }
    }

    private static ChainStoreException NotAStore() =>
        new(ChainStoreFault.NotAStore, $"{FileName} is not a file of a chain store.");

    private IEnumerable<byte[]> Read(string table, int from, int max)
    {
        using SqliteCommand select = _connection.CreateCommand();

        // The rowid is the height. It is right even if the text of the table's definition is damaged.
        select.CommandText = $"SELECT rowid, bytes FROM {table} WHERE rowid >= $from ORDER BY rowid LIMIT $max";
        select.Parameters.AddWithValue("$from", from);
        select.Parameters.AddWithValue("$max", max);
        using SqliteDataReader reader = select.ExecuteReader();
        for (long height = from; reader.Read(); height++)
        {
            yield return reader.GetInt64(0) == height && reader.GetValue(1) is byte[] bytes
                ? bytes
                : throw new ChainStoreException(ChainStoreFault.Damaged, $"the row {height} of {table} is missing");
        }
    }

    private SqliteCommand Insert(string table, SqliteTransaction? transaction)
    {
        SqliteCommand insert = _connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"INSERT INTO {table} VALUES ($height, $bytes)";
        insert.Parameters.Add("$height", SqliteType.Integer);
        insert.Parameters.Add("$bytes", SqliteType.Blob);
        return insert;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
