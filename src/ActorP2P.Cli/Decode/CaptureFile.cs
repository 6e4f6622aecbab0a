using System.Text;

namespace ActorP2P.Cli.Decode;

/// <summary>
/// Reads what was captured: a file of tcpdump, the bytes of one direction, or these bytes as hexadecimal digits.
/// </summary>
internal static class CaptureFile
{
    // A capture is held in memory.
    private const long MaxBytes = 1L << 30;

    /// <summary>The streams in a file.</summary>
    /// <exception cref="InvalidDataException">It is no capture.</exception>
    public static IReadOnlyList<CapturedStream> Read(Stream input)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[64 * 1024];
        while (input.Read(buffer) is var count and > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > MaxBytes)
            {
                throw new InvalidDataException($"The capture is longer than {MaxBytes} bytes.");
            }
        }

        byte[] bytes = content.ToArray();
        return PacketFile.Is(bytes) ? PacketFile.Read(bytes)
            : bytes.AsSpan().StartsWith(new byte[] { 0x0a, 0x0d, 0x0d, 0x0a })
                ? throw new InvalidDataException(
                    "This is a file of the format pcapng; allowed: pcap, as tcpdump -w writes it.")
            : [new CapturedStream("", Digits(bytes) ?? bytes)];
    }

    /// <summary>The bytes that hexadecimal digits stand for; null if there is anything else.</summary>
    private static byte[]? Digits(byte[] bytes)
    {
        if (!Array.TrueForAll(bytes, static letter => char.IsAsciiHexDigit((char)letter) || IsSpace(letter)))
        {
            return null;
        }

        string digits = Encoding.ASCII.GetString([.. bytes.Where(static letter => !IsSpace(letter))]);
        return digits.Length % 2 == 0 ? Convert.FromHexString(digits)
            : throw new InvalidDataException("The file has an odd number of hexadecimal digits.");
    }

    private static bool IsSpace(byte letter) => letter is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';
}
