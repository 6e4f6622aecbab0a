using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace ActorP2P;

/// <summary>What the error codes of SQLite mean for a store.</summary>
internal static class SqliteFaults
{
    /// <summary>Whether the file does not hold what it should.</summary>
    public static bool IsDamage(SqliteException failure) =>
        failure.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB;

    /// <summary>The same failure in the words of the store.</summary>
    public static PeerStoreException Of(SqliteException failure, string directory) => new(
        failure.SqliteErrorCode switch
        {
            SQLITE_CORRUPT or SQLITE_NOTADB => PeerStoreFault.Corrupt,
            SQLITE_BUSY or SQLITE_LOCKED => PeerStoreFault.InUse,
            _ => PeerStoreFault.Unavailable,
        },
        $"the store in {directory}: {failure.Message}", failure);
}
