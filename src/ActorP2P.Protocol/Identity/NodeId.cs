using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A node's identity: the SHA-256 of its P-256 public key (SubjectPublicKeyInfo). A value of this type is proven: it is
/// our own id, or the id of a peer whose connection is authenticated. An id that a peer only states is a
/// <see cref="ClaimedNodeId"/>.
/// </summary>
[TypeConverter(typeof(NodeIdConverter))]
public readonly record struct NodeId : IComparable<NodeId>
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Makes an id from its bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="Size"/> bytes.</exception>
    public NodeId(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A node id has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The id of a public key.</summary>
    /// <param name="subjectPublicKeyInfo">The key in X.509 SubjectPublicKeyInfo form.</param>
    public static NodeId FromPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        new(SHA256.HashData(subjectPublicKeyInfo));

    /// <summary>Writes the id into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The order of the ids as big-endian numbers.</summary>
    public int CompareTo(NodeId other)
    {
        int order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        order = order != 0 ? order : _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>
    /// Parses the text form of an id: exactly what <see cref="ToString"/> gives. A text with a wrong, missing or
    /// swapped character does not parse, because its last characters are a checksum of the others.
    /// </summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out NodeId id) =>
        NodeIdText.TryRead(text, out id);

    /// <summary>Parses like <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException">The text is not an id; the message says what is wrong with it.</exception>
    public static NodeId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NodeIdText.TryRead(text, out NodeId id) ? id : throw new FormatException(NodeIdText.FaultOf(text));
    }

    /// <summary>The first eight characters of the text form: enough to tell nodes apart in a log.</summary>
    public string ToShortString() => ToString()[..8];

    /// <summary>
    /// The text form: 56 characters of base32 (RFC 4648, lower case), which are the id and a checksum of 3 bytes.
    /// </summary>
    public override string ToString() => NodeIdText.Of(this);

    /// <summary>Takes part of the id, which is a hash itself. The value is the same in every process.</summary>
    public override int GetHashCode() => (int)_d;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;
}
