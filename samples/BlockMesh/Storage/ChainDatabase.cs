using System.Globalization;
using BlockMesh.Chain;
using Microsoft.Data.Sqlite;
using NBitcoin;

namespace BlockMesh.Storage;

/// <summary>
/// The file of a store: an SQLite database with a row for each header and each block, and a write-ahead log, so that a
/// process may be killed at any moment. One process has it open at a time. Not safe for concurrent use.
/// </summary>
internal sealed class ChainDatabase : IDisposable
{
    /// <summary>The name of the file in the store's directory.</summary>
    public const string FileName = "chain.db";

    private const string WriteAheadLog = "-wal";

    // What SQLite calls the application id and the user version: "BMCH", and the version of the tables.
    private const long ApplicationId = 0x424d4348;
    private const long Version = 2;

    // A store that is damaged again and again must not fill the disk: the last copy is written over.
    private const int MaxCopies = 9;

    private readonly SqliteConnection _connection;

    private ChainDatabase(SqliteConnection connection) => _connection = connection;

    // The first bytes of every SQLite database.
    private static ReadOnlySpan<byte> FileMark => "SQLite format 3\0"u8;

    /// <summary>A database that ends with the process.</summary>
    public static ChainDatabase InMemory(ChainRules rules) => Open(":memory:", rules);

    /// <summary>Opens the database of a directory, or makes one.</summary>
    /// <exception cref="ChainStoreException">The file is not one of a store of this chain.</exception>
    /// <exception cref="SqliteException">It is in use, out of reach or damaged.</exception>
    /// <exception cref="IOException">It is out of reach.</exception>
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

    /// <summary>Gives a damaged file another name, so that a new one can be made.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static SetAside SetAside(string directory, string reason)
    {
        string path = Path.Combine(directory, FileName);
        string[] copies = [.. Enumerable.Range(1, MaxCopies)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{number}"))];
        string copy = Array.Find(copies, name => !File.Exists(name)) ?? copies[^1];
        File.Move(path, copy, overwrite: true);

        // The log belongs to its database: beside a new one it would be taken for that one's.
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

    /// <summary>Adds headers from a height on, all or none.</summary>
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

    /// <summary>Adds the block of a height.</summary>
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
        // Who finds the file in use is told after a second; SQLite may need that long to see that a killed process let
        // go of it.
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
        // The lock is taken with the first read and held to the end. The log is on the disk at each checkpoint: what a
        // killed process wrote stays, what a machine that lost its power wrote last is asked of peers again.
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

        // It finds lost rows, which nothing else would miss.
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

        // By rowid, which is the height: it is right even where the text of the table's definition is damaged.
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
