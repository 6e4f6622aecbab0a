using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace ActorP2P.Protocol;

/// <summary>The payload of goodbye and error: <c>code u16 | text</c>, the text in UTF-8, for people.</summary>
internal static class CodedText
{
    /// <summary>The longest text, in bytes of UTF-8: a sentence or two.</summary>
    public const int MaxText = 256;

    /// <summary>Encodes a code and a text; a longer text is cut between two characters.</summary>
    public static byte[] Encode(ushort code, string text)
    {
        byte[] payload = new byte[sizeof(ushort) + MaxText];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        Span<byte> destination = payload.AsSpan(sizeof(ushort));
        Encoding.UTF8.GetEncoder().Convert(text, destination, flush: false, out _, out int used, out _);
        return payload[..(sizeof(ushort) + used)];
    }

    /// <summary>
    /// Reads a code and a text. Characters that cannot be printed are replaced, because the text will be logged.
    /// </summary>
    /// <returns>False when the payload is too short, or the text is not UTF-8.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ushort code, [MaybeNullWhen(false)] out string text)
    {
        bool valid = payload.Length >= sizeof(ushort) && Utf8.IsValid(payload[sizeof(ushort)..]);
        code = valid ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)0;
        text = valid ? PrintableText.Of(Encoding.UTF8.GetString(payload[sizeof(ushort)..])) : null;
        return valid;
    }
}
