using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A broadcast's content id: the first 16 bytes of SHA-256(network id, 0x00, type, salt, payload). Every receiver
/// computes it anew, so a message cannot be passed off under another's id.
/// </summary>
public readonly record struct BroadcastId(ulong High, ulong Low)
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 16;

    private const int MaxHead = (HelloCodec.MaxNetworkId * 3) + 1 + sizeof(ushort) + sizeof(ulong);

    // Up to this length, copying the payload behind the head costs less than hashing both in parts, which needs an
    // object of the operating system (measured).
    private const int MaxAtOnce = 4096;

    /// <summary>Computes the id of a payload.</summary>
    /// <param name="networkId">The network; part of the hash, so that an id means nothing in another network.</param>
    /// <param name="type">The application's message type.</param>
    /// <param name="salt">Lets equal payloads be sent again.</param>
    /// <param name="payload">The encoded message.</param>
    [SkipLocalsInit]
    public static BroadcastId Of(string networkId, ushort type, ulong salt, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(networkId);
        Span<byte> whole = stackalloc byte[MaxHead + MaxAtOnce];
        Span<byte> head = whole[..MaxHead];
        int length = Encoding.UTF8.GetBytes(networkId, head);
        head[length++] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(head[length..], type);
        BinaryPrimitives.WriteUInt64BigEndian(head[(length + sizeof(ushort))..], salt);
        length += sizeof(ushort) + sizeof(ulong);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (payload.Length <= MaxAtOnce)
        {
            payload.CopyTo(whole[length..]);
            SHA256.HashData(whole[..(length + payload.Length)], digest);
            return Read(digest);
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head[..length]);
        hash.AppendData(payload);
        hash.GetHashAndReset(digest);
        return Read(digest);
    }

    /// <summary>Reads an id from the first <see cref="Size"/> bytes.</summary>
    public static BroadcastId Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Reads the ids that follow each other in <paramref name="source"/>.</summary>
    public static BroadcastId[] ReadAll(ReadOnlySpan<byte> source)
    {
        BroadcastId[] ids = new BroadcastId[source.Length / Size];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = Read(source[(i * Size)..]);
        }

        return ids;
    }

    /// <summary>Writes the id into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Takes part of the id, which is a hash itself.</summary>
    public override int GetHashCode() => (int)Low;

    /// <summary>32 hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
