using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ActorP2P;

/// <summary>The file of a store. One thread at a time may use it.</summary>
internal sealed class StoreDatabase : IDisposable
{
    // "AP2P": tells a store from a file of other software (PRAGMA application_id).
    private const int ApplicationId = 0x41503250;
    private const int SchemaVersion = 1;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private StoreDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a file, which is made if it does not exist.</summary>
    /// <exception cref="SqliteException">It cannot be opened, or is damaged.</exception>
    /// <exception cref="PeerStoreException">It is of a newer version or of another software.</exception>
    public static StoreDatabase Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,

            // Nobody else has the file open, so nothing is ever waited for.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            StoreDatabase database = new(connection);
            database.Prepare(path);
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>All entries of a table, in the ordinal order of their keys.</summary>
    public IReadOnlyList<PeerStoreEntry> Read(string table)
    {
        using SqliteCommand command = Command(
            "SELECT entry, value FROM entries WHERE place = $place", ("$place", table));
        using SqliteDataReader reader = command.ExecuteReader();
        List<PeerStoreEntry> entries = [];
        while (reader.Read())
        {
            entries.Add(new PeerStoreEntry(reader.GetString(0), reader.GetFieldValue<byte[]>(1)));
        }

        entries.Sort(static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return entries;
    }

    /// <summary>Makes changes, all or none.</summary>
    /// <exception cref="PeerStoreException">There would be too many entries.</exception>
    public void Write(IReadOnlyList<PeerStoreChange> changes)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Dictionary<string, int> counts = new(_counts, StringComparer.Ordinal);
        foreach (PeerStoreChange change in changes)
        {
            counts[change.Table] = counts.GetValueOrDefault(change.Table) + Make(change);
        }

        foreach (string table in changes.Select(static change => change.Table).Distinct())
        {
            PeerStoreLimits.RequireEntries(table, counts[table]);
        }

        PeerStoreLimits.RequireTables(counts.Values.Count(static count => count > 0));
        transaction.Commit();
        foreach ((string table, int count) in counts)
        {
            _counts[table] = count;
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <returns>By how many entries the table has grown.</returns>
    private int Make(PeerStoreChange change)
    {
        if (change.Value is not { } value)
        {
            return -Run("DELETE FROM entries WHERE place = $place AND entry = $entry",
                ("$place", change.Table), ("$entry", change.Key));
        }

        byte[] bytes = value.ToArray();
        int added = Run("INSERT OR IGNORE INTO entries (place, entry, value) VALUES ($place, $entry, $value)",
            ("$place", change.Table), ("$entry", change.Key), ("$value", bytes));
        if (added == 0)
        {
            Run("UPDATE entries SET value = $value WHERE place = $place AND entry = $entry",
                ("$place", change.Table), ("$entry", change.Key), ("$value", bytes));
        }

        return added;
    }

    private void Prepare(string path)
    {
        // Without other processes SQLite needs no file of shared memory, and a second process finds the file locked.
        Run("PRAGMA locking_mode = EXCLUSIVE");
        RequireOwn(path);
        RequireWhole();
        Run("PRAGMA journal_mode = WAL");

        // The log is on the disk before a write is confirmed, so that a crash of the machine loses nothing either.
        Run("PRAGMA synchronous = FULL");
        MakeSchema();
        Count();
    }

    private void RequireOwn(string path)
    {
        long version = Number("PRAGMA user_version");
        long owner = Number("PRAGMA application_id");
        bool isEmpty = Number("SELECT count(*) FROM sqlite_master") == 0;
        if (owner != ApplicationId && !(isEmpty && owner == 0 && version == 0))
        {
            throw new PeerStoreException(PeerStoreFault.NotAStore, $"{path} is a file of another software");
        }

        if (version > SchemaVersion)
        {
            throw new PeerStoreException(PeerStoreFault.NewerVersion,
                $"{path} has version {version}, and this software knows versions up to {SchemaVersion}");
        }
    }

    private void RequireWhole()
    {
        using SqliteCommand command = Command("PRAGMA quick_check(1)");
        string outcome = (string)command.ExecuteScalar()!;
        if (outcome != "ok")
        {
            throw new SqliteException(outcome, SQLITE_CORRUPT);
        }
    }

    private void MakeSchema()
    {
        if (Number("PRAGMA user_version") == SchemaVersion)
        {
            return;
        }

        using SqliteTransaction transaction = _connection.BeginTransaction();
        Run("CREATE TABLE entries (place TEXT NOT NULL, entry TEXT NOT NULL, value BLOB NOT NULL, "
            + "PRIMARY KEY (place, entry)) STRICT, WITHOUT ROWID");
        Run($"PRAGMA application_id = {ApplicationId}");
        Run($"PRAGMA user_version = {SchemaVersion}");
        transaction.Commit();
    }

    private void Count()
    {
        using SqliteCommand command = Command("SELECT place, count(*) FROM entries GROUP BY place");
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            _counts[reader.GetString(0)] = reader.GetInt32(1);
        }
    }

    private long Number(string sql)
    {
        using SqliteCommand command = Command(sql);
        return (long)command.ExecuteScalar()!;
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
