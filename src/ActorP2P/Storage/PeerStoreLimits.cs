using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The bounds of every <see cref="IPeerStore"/>, and the checks for those who write one.</summary>
public static class PeerStoreLimits
{
    /// <summary>The longest name of a table, in characters.</summary>
    public const int MaxName = 32;

    /// <summary>The longest key, in bytes of UTF-8: that of an address with an id and the longest host fits.</summary>
    public const int MaxKey = 512;

    /// <summary>The longest value, in bytes: what fits in one frame of the protocol.</summary>
    public const int MaxValue = 64 * 1024;

    /// <summary>The most changes of one write.</summary>
    public const int MaxChanges = 16_384;

    /// <summary>The most entries of one table; a write that would make more fails.</summary>
    public const int MaxEntries = 65_536;

    /// <summary>The most tables; a write that would make more fails.</summary>
    public const int MaxTables = 64;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>How long a node waits for its store, at its start and at its end.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the name of a table.</summary>
    /// <param name="table">The name.</param>
    /// <param name="name">The parameter that holds it, for the message.</param>
    /// <exception cref="ArgumentException">The name is not allowed; the message says what is.</exception>
    public static void RequireTable(string table, string name)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        if (table.Length is 0 or > MaxName || table.AsSpan().ContainsAnyExcept(s_nameCharacters))
        {
            throw new ArgumentException(
                $"{name} is '{PrintableText.Of(table, MaxKey)}'; allowed: 1 to {MaxName} lower-case letters, digits "
                + "and hyphens.", name);
        }
    }

    /// <summary>Checks the changes of one write.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="name">The parameter that holds them, for the message.</param>
    /// <exception cref="ArgumentException">There are too many changes, or null is among them.</exception>
    public static void RequireChanges(IReadOnlyList<PeerStoreChange> changes, string name)
    {
        ArgumentNullException.ThrowIfNull(changes, name);
        if (changes.Count > MaxChanges)
        {
            throw new ArgumentException(
                $"{name} has {changes.Count} changes; allowed: at most {MaxChanges}.", name);
        }

        foreach (PeerStoreChange? change in changes)
        {
            _ = change ?? throw new ArgumentException($"{name} is a list with null in it; allowed: changes.", name);
        }
    }

    /// <summary>Checks how many entries a table would have; for those who write a store.</summary>
    /// <param name="table">The table.</param>
    /// <param name="count">How many entries it would have after the write.</param>
    /// <exception cref="PeerStoreException">There would be too many.</exception>
    public static void RequireEntries(string table, int count)
    {
        if (count > PeerStoreLimits.MaxEntries)
        {
            throw new PeerStoreException(PeerStoreFault.Full,
                $"the table {table} would have {count} entries; allowed: at most {PeerStoreLimits.MaxEntries}");
        }
    }

    /// <summary>Checks how many tables there would be; for those who write a store.</summary>
    /// <param name="count">How many tables there would be after the write.</param>
    /// <exception cref="PeerStoreException">There would be too many.</exception>
    public static void RequireTables(int count)
    {
        if (count > PeerStoreLimits.MaxTables)
        {
            throw new PeerStoreException(PeerStoreFault.Full,
                $"there would be {count} tables; allowed: at most {PeerStoreLimits.MaxTables}");
        }
    }
}
