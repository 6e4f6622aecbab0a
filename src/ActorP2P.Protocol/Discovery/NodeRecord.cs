using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What a node says of where it can be dialled, signed with its key: whoever passes a record on cannot change it. It
/// proves that the node has said so, not that it is true, or still true.
/// </summary>
public sealed class NodeRecord
{
    /// <summary>The longest record, in bytes.</summary>
    public const int MaxBytes = 1024;

    /// <summary>The most addresses in a record.</summary>
    public const int MaxAddresses = HelloCodec.MaxAddresses;

    /// <summary>The most services in a record.</summary>
    public const int MaxServices = 16;

    private const string TextPrefix = "p2p-record:";
    private const byte Format = 1;
    private const int SignatureOffset = 1 + P256.KeySize;
    private const int FieldsOffset = SignatureOffset + P256.SignatureSize;

    private readonly byte[] _bytes;

    internal NodeRecord(NodeId id, RecordFields fields, byte[] bytes)
    {
        Id = id;
        NetworkId = fields.NetworkId!;
        Sequence = fields.Sequence!.Value;
        UnixMilliseconds = fields.UnixMilliseconds!.Value;
        Addresses = [.. fields.Addresses.Select(address => new PeerAddress(address.Host, address.Port, id))];
        Services = fields.Services;
        _bytes = bytes;
    }

    /// <summary>The node that has signed the record.</summary>
    public NodeId Id { get; }

    /// <summary>The network that the node belongs to. A record of another network is of no use in one's own.</summary>
    public string NetworkId { get; }

    /// <summary>
    /// The node's number of the record: of two records of a node, the one with the higher number is newer.
    /// </summary>
    public ulong Sequence { get; }

    /// <summary>When the record was made, by the node's clock, in milliseconds since 1970-01-01T00:00Z.</summary>
    public long UnixMilliseconds { get; }

    /// <summary>
    /// Where the node says that it can be dialled, at most <see cref="MaxAddresses"/>. They name the node, so that a
    /// dial ends when another node answers.
    /// </summary>
    public IReadOnlyList<PeerAddress> Addresses { get; }

    /// <summary>The names of services that the node offers, at most <see cref="MaxServices"/>.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The record as it was signed, to be passed on.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Reads a record and checks its signature.</summary>
    /// <param name="bytes">The whole record.</param>
    /// <param name="record">The record.</param>
    /// <param name="fault">Why the bytes are not a record; <see cref="RecordFault.None"/> when they are.</param>
    /// <param name="signer">Checks the signature; null: ECDSA with P-256, as nodes sign.</param>
    /// <returns>Whether the bytes are a record that its node has signed.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, [MaybeNullWhen(false)] out NodeRecord record, out RecordFault fault,
        ISigner? signer = null)
    {
        RecordFields fields = new();
        fault = bytes.Length > MaxBytes ? RecordFault.TooLong
            : bytes.Length < FieldsOffset ? RecordFault.Malformed
            : bytes[0] != Format ? RecordFault.UnknownFormat
            : fields.Read(bytes[FieldsOffset..]);
        record = null;
        if (fault != RecordFault.None)
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(bytes, digest);
        ReadOnlySpan<byte> key = bytes.Slice(1, P256.KeySize);
        ReadOnlySpan<byte> signature = bytes.Slice(SignatureOffset, P256.SignatureSize);
        if (!(signer?.Verify(key, digest, signature) ?? P256.Verify(key, digest, signature)))
        {
            fault = RecordFault.NotSigned;
            return false;
        }

        record = new NodeRecord(signer?.IdOf(key) ?? P256.IdOf(key), fields, bytes.ToArray());
        return true;
    }

    /// <summary>Reads the text form of a record (<see cref="ToString"/>) and checks its signature.</summary>
    /// <param name="text">The text, without the quotes and the gaps of a DNS record.</param>
    /// <param name="record">The record.</param>
    /// <param name="fault">Why the text is not a record; <see cref="RecordFault.None"/> when it is.</param>
    /// <param name="signer">Checks the signature; null: ECDSA with P-256, as nodes sign.</param>
    /// <returns>Whether the text is a record that its node has signed.</returns>
    public static bool TryParse(
        string? text, [MaybeNullWhen(false)] out NodeRecord record, out RecordFault fault, ISigner? signer = null)
    {
        record = null;
        fault = RecordFault.NotText;
        if (text?.StartsWith(TextPrefix, StringComparison.Ordinal) != true)
        {
            return false;
        }

        ReadOnlySpan<char> encoded = text.AsSpan(TextPrefix.Length);
        if (encoded.Length > Base64Url.GetEncodedLength(MaxBytes))
        {
            fault = RecordFault.TooLong;
            return false;
        }

        // A record has one text: the decoder would also take padding, white space and unused bits.
        byte[] bytes = new byte[MaxBytes];
        return Base64Url.IsValid(encoded) && Base64Url.TryDecodeFromChars(encoded, bytes, out int length)
            && encoded.SequenceEqual(Base64Url.EncodeToString(bytes.AsSpan(0, length)))
            && TryRead(bytes.AsSpan(0, length), out record, out fault, signer);
    }

    /// <summary>Whether this record is newer than another of the same node.</summary>
    /// <exception cref="ArgumentException">The other record is of another node.</exception>
    public bool IsNewerThan(NodeRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Id == other.Id ? Sequence > other.Sequence : throw new ArgumentException(
            $"{nameof(other)} is of {other.Id.ToShortString()}; allowed: a record of {Id.ToShortString()}.",
            nameof(other));
    }

    /// <summary>
    /// The text form: <c>p2p-record:</c> and the bytes in base64url (RFC 4648, no padding), at most 1,377 characters. A
    /// TXT record of DNS has it in parts of up to 255 bytes.
    /// </summary>
    public override string ToString() => TextPrefix + Base64Url.EncodeToString(_bytes);

    /// <summary>
    /// Makes a record. What does not fit into <see cref="MaxBytes"/> is left out: services first, then addresses, the
    /// last ones first.
    /// </summary>
    internal static NodeRecord Create(ISigner signer, RecordFields fields)
    {
        fields = fields.Fitted(MaxBytes - FieldsOffset);
        ArrayBufferWriter<byte> output = new(MaxBytes);
        output.Write([Format]);
        output.Write(signer.PublicKey.Span);
        output.Write(new byte[P256.SignatureSize]);
        fields.Write(output);
        byte[] bytes = output.WrittenSpan.ToArray();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        WriteDigest(bytes, digest);
        signer.Sign(digest, bytes.AsSpan(SignatureOffset, P256.SignatureSize));
        return new NodeRecord(signer.IdOf(signer.PublicKey.Span), fields, bytes);
    }

    // The text at the beginning keeps a signature of a record from being one of anything else.
    private static void WriteDigest(ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("actorp2p/1 record"u8);
        hash.AppendData(bytes[..SignatureOffset]);
        hash.AppendData(bytes[FieldsOffset..]);
        hash.GetHashAndReset(digest);
    }
}
