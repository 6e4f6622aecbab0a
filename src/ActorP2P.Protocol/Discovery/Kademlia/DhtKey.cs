using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// A place in the key space of the distributed hash table: 256 bits. Nodes and services have keys, and the distance of
/// two keys is their exclusive or, read as a number.
/// </summary>
internal readonly record struct DhtKey : IComparable<DhtKey>
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>Bits of a key.</summary>
    public const int Bits = 8 * Size;

    private const int WordBits = 64;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Makes a key from its bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="Size"/> bytes.</exception>
    public DhtKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A key has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    private DhtKey(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>
    /// The key of a node. It is a hash of the id, although real ids are hashes themselves, so that ids that were made
    /// up are spread over the key space too.
    /// </summary>
    public static DhtKey Of(NodeId id)
    {
        ReadOnlySpan<byte> purpose = "actorp2p/1 dht node"u8;
        Span<byte> input = stackalloc byte[purpose.Length + NodeId.Size];
        purpose.CopyTo(input);
        id.Write(input[purpose.Length..]);
        return HashOf(input);
    }

    /// <summary>The key of a service: where nodes say that they offer it.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="service">The name of the service.</param>
    public static DhtKey OfService(string networkId, string service) =>
        HashOf(Encoding.UTF8.GetBytes($"actorp2p/1 dht service\0{networkId}\0{service}"));

    /// <summary>A random key.</summary>
    public static DhtKey Random(ref SplitMix64 random) =>
        new(random.Next(), random.Next(), random.Next(), random.Next());

    /// <summary>A random key that shares exactly the first <paramref name="bits"/> bits with this one.</summary>
    /// <param name="bits">0 to <see cref="Bits"/> - 1.</param>
    /// <param name="random">The source of the other bits.</param>
    public DhtKey Near(int bits, ref SplitMix64 random)
    {
        DhtKey other = Random(ref random);
        return new DhtKey(
            Mixed(_a, other._a, bits), Mixed(_b, other._b, bits - WordBits),
            Mixed(_c, other._c, bits - (2 * WordBits)), Mixed(_d, other._d, bits - (3 * WordBits)));
    }

    /// <summary>The distance to another key.</summary>
    public DhtKey DistanceTo(DhtKey other) => new(_a ^ other._a, _b ^ other._b, _c ^ other._c, _d ^ other._d);

    /// <summary>How many bits two keys share at their beginning.</summary>
    public int SharedBits(DhtKey other)
    {
        DhtKey distance = DistanceTo(other);
        return distance._a != 0 ? BitOperations.LeadingZeroCount(distance._a)
            : distance._b != 0 ? WordBits + BitOperations.LeadingZeroCount(distance._b)
            : distance._c != 0 ? (2 * WordBits) + BitOperations.LeadingZeroCount(distance._c)
            : (3 * WordBits) + BitOperations.LeadingZeroCount(distance._d);
    }

    /// <summary>Writes the key into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The key as bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>The order of the keys as big-endian numbers.</summary>
    public int CompareTo(DhtKey other)
    {
        int order = _a.CompareTo(other._a);
        order = order != 0 ? order : _b.CompareTo(other._b);
        order = order != 0 ? order : _c.CompareTo(other._c);
        return order != 0 ? order : _d.CompareTo(other._d);
    }

    /// <summary>Takes part of the key. The value is the same in every process.</summary>
    public override int GetHashCode() => (int)_d;

    /// <summary>The key in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    /// <summary>The SHA-256 of bytes as a key.</summary>
    public static DhtKey HashOf(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new DhtKey(hash);
    }

    // The first bits of one word, then one bit that differs, then those of the other word.
    private static ulong Mixed(ulong own, ulong other, int bits)
    {
        if (bits < 0)
        {
            return other;
        }

        if (bits >= WordBits)
        {
            return own;
        }

        ulong next = 1UL << (WordBits - 1 - bits);
        ulong rest = next - 1;
        return (own & ~(next | rest)) | (~own & next) | (other & rest);
    }
}
