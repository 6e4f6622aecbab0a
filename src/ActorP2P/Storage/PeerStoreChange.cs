using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A change of an <see cref="IPeerStore"/>: one entry of one table, which is set or removed.</summary>
public sealed class PeerStoreChange
{
    private PeerStoreChange(string table, string key, ReadOnlyMemory<byte>? value)
    {
        PeerStoreLimits.RequireTable(table, nameof(table));
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0 || !PrintableText.IsPrintable(key)
            || Encoding.UTF8.GetByteCount(key) > PeerStoreLimits.MaxKey)
        {
            throw new ArgumentException(
                $"{nameof(key)} is '{PrintableText.Of(key, PeerStoreLimits.MaxKey)}'; allowed: 1 to "
                + $"{PeerStoreLimits.MaxKey} bytes of UTF-8 without control characters.", nameof(key));
        }

        if (value is { Length: > PeerStoreLimits.MaxValue } bytes)
        {
            throw new ArgumentException(
                $"{nameof(value)} has {bytes.Length} bytes; allowed: at most {PeerStoreLimits.MaxValue}.",
                nameof(value));
        }

        Table = table;
        Key = key;
        Value = value;
    }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The key of the entry.</summary>
    public string Key { get; }

    /// <summary>The entry's new bytes; null: the entry is removed, if it exists.</summary>
    public ReadOnlyMemory<byte>? Value { get; }

    /// <summary>Sets an entry, whether or not it exists.</summary>
    /// <param name="table">
    /// The table's name, at most <see cref="PeerStoreLimits.MaxName"/> lower-case letters, digits and hyphens.
    /// </param>
    /// <param name="key">
    /// The entry's key, 1 to <see cref="PeerStoreLimits.MaxKey"/> bytes of UTF-8 without control characters.
    /// </param>
    /// <param name="value">
    /// The bytes, at most <see cref="PeerStoreLimits.MaxValue"/>; they are copied.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An argument is out of bounds; the message says which and what is allowed.
    /// </exception>
    public static PeerStoreChange Set(string table, string key, ReadOnlySpan<byte> value) =>
        new(table, key, value.ToArray());

    /// <summary>Removes an entry, if it exists.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="key">The entry's key.</param>
    /// <exception cref="ArgumentException">
    /// An argument is out of bounds; the message says which and what is allowed.
    /// </exception>
    public static PeerStoreChange Remove(string table, string key) => new(table, key, null);
}
