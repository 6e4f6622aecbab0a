using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// What precedes the message in the payload of a signed broadcast:
/// <c>public key 64 bytes | sequence u64 | signature 64 bytes</c>. It is part of the payload, so relays pass it on
/// unchanged, and the broadcast's id covers it.
/// </summary>
internal static class AuthorBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Size = P256.KeySize + sizeof(ulong) + P256.SignatureSize;

    private const int SignatureOffset = P256.KeySize + sizeof(ulong);

    /// <summary>The author's public key in a block.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> block) => block[..P256.KeySize];

    /// <summary>The author's sequence number in a block.</summary>
    public static ulong SequenceOf(ReadOnlySpan<byte> block) =>
        BinaryPrimitives.ReadUInt64BigEndian(block[P256.KeySize..]);

    /// <summary>Signs a message, and writes the block before it.</summary>
    /// <param name="signer">The author.</param>
    /// <param name="networkId">The network.</param>
    /// <param name="type">The message type.</param>
    /// <param name="salt">The broadcast's salt.</param>
    /// <param name="sequence">The author's sequence number.</param>
    /// <param name="payload">Room for the block, then the message.</param>
    public static void Write(
        ISigner signer, string networkId, ushort type, ulong salt, ulong sequence, Span<byte> payload)
    {
        signer.PublicKey.Span.CopyTo(payload);
        BinaryPrimitives.WriteUInt64BigEndian(payload[P256.KeySize..], sequence);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(networkId, type, salt, payload, digest);
        signer.Sign(digest, payload.Slice(SignatureOffset, P256.SignatureSize));
    }

    /// <summary>Whether the author in the block has signed the message after it.</summary>
    /// <param name="signer">Checks the signature.</param>
    /// <param name="networkId">The network.</param>
    /// <param name="type">The message type.</param>
    /// <param name="salt">The broadcast's salt.</param>
    /// <param name="payload">The payload, at least as long as a block.</param>
    public static bool IsValid(ISigner signer, string networkId, ushort type, ulong salt, ReadOnlySpan<byte> payload)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(networkId, type, salt, payload, digest);
        return signer.Verify(KeyOf(payload), digest, payload.Slice(SignatureOffset, P256.SignatureSize));
    }

    // Everything that gives the message its meaning is signed. The text at the beginning keeps a signature of a
    // broadcast from being one of anything else.
    private static void WriteDigest(
        string networkId, ushort type, ulong salt, ReadOnlySpan<byte> payload, Span<byte> digest)
    {
        Span<byte> numbers = stackalloc byte[1 + sizeof(ushort) + sizeof(ulong)];
        byte[] network = Encoding.UTF8.GetBytes(networkId);
        numbers[0] = (byte)network.Length;
        BinaryPrimitives.WriteUInt16BigEndian(numbers[1..], type);
        BinaryPrimitives.WriteUInt64BigEndian(numbers[(1 + sizeof(ushort))..], salt);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("actorp2p/1 broadcast"u8);
        hash.AppendData(numbers[..1]);
        hash.AppendData(network);
        hash.AppendData(numbers[1..]);
        hash.AppendData(payload[..SignatureOffset]);
        hash.AppendData(payload[Size..]);
        hash.GetHashAndReset(digest);
    }
}
