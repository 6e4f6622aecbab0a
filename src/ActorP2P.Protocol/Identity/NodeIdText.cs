using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ActorP2P.Protocol;

/// <summary>
/// The text form of a <see cref="NodeId"/>: base32 (RFC 4648, lower case, no padding) of the id's 32 bytes and of the
/// first 3 bytes of the SHA-256 of "actorp2p id" and the id. 35 bytes are exactly 56 characters.
/// </summary>
internal static class NodeIdText
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 56;

    private const int ChecksumSize = 3;
    private const int BytesInGroup = 5;
    private const int CharactersInGroup = 8;
    private const int BitsInCharacter = 5;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The text form of an id.</summary>
    public static string Of(NodeId id) => string.Create(Length, id, static (text, id) =>
    {
        Span<byte> bytes = stackalloc byte[NodeId.Size + ChecksumSize];
        id.Write(bytes);
        WriteChecksum(bytes[..NodeId.Size], bytes[NodeId.Size..]);
        for (int group = 0; group < bytes.Length / BytesInGroup; group++)
        {
            ulong bits = 0;
            foreach (byte next in bytes.Slice(group * BytesInGroup, BytesInGroup))
            {
                bits = (bits << 8) | next;
            }

            for (int i = CharactersInGroup - 1; i >= 0; i--)
            {
                text[(group * CharactersInGroup) + i] = Alphabet[(int)(bits & 31)];
                bits >>= BitsInCharacter;
            }
        }
    });

    /// <summary>Reads the text form; false when the text is not an id.</summary>
    public static bool TryRead(string? text, [MaybeNullWhen(false)] out NodeId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[NodeId.Size + ChecksumSize];
        if (text?.Length != Length || !TryDecode(text, bytes))
        {
            return false;
        }

        Span<byte> checksum = stackalloc byte[ChecksumSize];
        WriteChecksum(bytes[..NodeId.Size], checksum);
        if (!checksum.SequenceEqual(bytes[NodeId.Size..]))
        {
            return false;
        }

        id = new NodeId(bytes[..NodeId.Size]);
        return true;
    }

    /// <summary>What is wrong with a text that is not an id.</summary>
    public static string FaultOf(string text)
    {
        Span<byte> bytes = stackalloc byte[NodeId.Size + ChecksumSize];
        string fault = text.Length != Length ? $"it has {text.Length} characters"
            : TryDecode(text, bytes) ? "its checksum does not fit, so a character is wrong"
            : "it has other characters than a to z and 2 to 7";
        return $"'{PrintableText.Of(text, Length + 8)}' is not a node id: {fault}. "
            + $"A node id is {Length} characters of lower-case base32.";
    }

    private static bool TryDecode(string text, Span<byte> bytes)
    {
        for (int group = 0; group < bytes.Length / BytesInGroup; group++)
        {
            ulong bits = 0;
            foreach (char character in text.AsSpan(group * CharactersInGroup, CharactersInGroup))
            {
                int value = Alphabet.IndexOf(character, StringComparison.Ordinal);
                if (value < 0)
                {
                    return false;
                }

                bits = (bits << BitsInCharacter) | (uint)value;
            }

            for (int i = BytesInGroup - 1; i >= 0; i--)
            {
                bytes[(group * BytesInGroup) + i] = (byte)bits;
                bits >>= 8;
            }
        }

        return true;
    }

    private static void WriteChecksum(ReadOnlySpan<byte> id, Span<byte> destination)
    {
        ReadOnlySpan<byte> purpose = "actorp2p id"u8;
        Span<byte> input = stackalloc byte[purpose.Length + NodeId.Size];
        purpose.CopyTo(input);
        id.CopyTo(input[purpose.Length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        hash[..ChecksumSize].CopyTo(destination);
    }
}
