using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A set of broadcast types: all, none or some. A node states the set that it wants, and its peers send it no other
/// broadcasts.
/// </summary>
public sealed class BroadcastTypes : IEquatable<BroadcastTypes>
{
    /// <summary>The most types that a set can list. A node that wants more wants all.</summary>
    public const int MaxListed = 512;

    // Sorted, each type once; null for all.
    private readonly ushort[]? _listed;

    private BroadcastTypes(ushort[]? listed) => _listed = listed;

    /// <summary>Every type.</summary>
    public static BroadcastTypes All { get; } = new(null);

    /// <summary>No type.</summary>
    public static BroadcastTypes None { get; } = new([]);

    /// <summary>Whether it is every type.</summary>
    public bool IsAll => _listed is null;

    /// <summary>The types in ascending order; empty for none and for all.</summary>
    public IReadOnlyList<ushort> Listed => _listed ?? [];

    /// <summary>Bytes of the listed types on the wire.</summary>
    internal int Size => Listed.Count * sizeof(ushort);

    /// <summary>A set of types, in any order; <see cref="All"/> for more than <see cref="MaxListed"/>.</summary>
    public static BroadcastTypes Of(IEnumerable<ushort> types)
    {
        ushort[] listed = [.. types.Distinct().Order()];
        return listed.Length == 0 ? None : listed.Length > MaxListed ? All : new BroadcastTypes(listed);
    }

    /// <summary>Whether a type is in the set.</summary>
    public bool Includes(ushort type) => _listed is null || Array.BinarySearch(_listed, type) >= 0;

    /// <inheritdoc/>
    public bool Equals(BroadcastTypes? other) =>
        other is not null && IsAll == other.IsAll && Listed.SequenceEqual(other.Listed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BroadcastTypes);

    /// <inheritdoc/>
    public override int GetHashCode() => _listed is null ? -1 : _listed.Aggregate(0, static (sum, type) => sum + type);

    /// <summary><c>all</c>, <c>none</c>, or the types in hexadecimal.</summary>
    public override string ToString() => this switch
    {
        { IsAll: true } => "all",
        { Listed.Count: 0 } => "none",
        _ => string.Join(' ', Listed.Select(static type => $"{type:x4}")),
    };

    /// <summary>Writes the field of a hello or an update that states the set.</summary>
    internal void Write(TagWriter tags, uint tag)
    {
        if (_listed is null)
        {
            tags.Write(tag, true);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxListed * sizeof(ushort)];
        for (int i = 0; i < _listed.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(i * sizeof(ushort))..], _listed[i]);
        }

        tags.Write(tag, bytes[..Size]);
    }

    /// <summary>Reads the current field: a list of types in ascending order, or true for all of them.</summary>
    internal static bool TryRead(TagReader tags, out BroadcastTypes types)
    {
        types = All;
        if (tags.TryGet(out bool isAll))
        {
            return isAll;
        }

        if (!tags.TryGet(out ReadOnlySpan<byte> bytes) || bytes.Length % sizeof(ushort) != 0
            || bytes.Length > MaxListed * sizeof(ushort))
        {
            return false;
        }

        ushort[] listed = new ushort[bytes.Length / sizeof(ushort)];
        for (int i = 0; i < listed.Length; i++)
        {
            listed[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * sizeof(ushort))..]);
            if (i > 0 && listed[i] <= listed[i - 1])
            {
                return false;
            }
        }

        types = listed.Length == 0 ? None : new BroadcastTypes(listed);
        return true;
    }
}
