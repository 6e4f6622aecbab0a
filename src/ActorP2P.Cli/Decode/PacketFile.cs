using System.Buffers.Binary;
using System.Net;

namespace ActorP2P.Cli.Decode;

/// <summary>Reads TCP streams from a file of the format pcap.</summary>
internal static class PacketFile
{
    private const int FileHeader = 24;
    private const int PacketHeader = 16;
    private const byte Tcp = 6;

    /// <summary>Whether bytes begin as such a file does.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.Length >= FileHeader && TryOrder(bytes, out _);

    /// <summary>The streams in a file, in the order of their first packets.</summary>
    /// <exception cref="InvalidDataException">The file's packets are of a kind that is not known.</exception>
    public static IReadOnlyList<CapturedStream> Read(ReadOnlyMemory<byte> file)
    {
        TryOrder(file.Span, out bool isLittle);
        uint link = UInt32(file.Span[20..], isLittle) & 0xffff;
        List<TcpDirection> directions = [];
        Dictionary<string, TcpDirection> byName = [];
        for (int at = FileHeader; at + PacketHeader <= file.Length;)
        {
            long length = UInt32(file.Span[(at + 8)..], isLittle);
            at += PacketHeader;
            ReadOnlyMemory<byte> packet = file.Slice(at, (int)Math.Min(length, file.Length - at));
            at += packet.Length;
            if (TryReadTcp(Network(packet, link), out string name, out ReadOnlyMemory<byte> segment))
            {
                if (!byName.TryGetValue(name, out TcpDirection? direction))
                {
                    byName[name] = direction = new TcpDirection(name);
                    directions.Add(direction);
                }

                direction.Add(segment);
            }
        }

        return [.. directions.Select(static direction => direction.Assemble())
            .Where(static stream => !stream.Bytes.IsEmpty)];
    }

    private static bool TryOrder(ReadOnlySpan<byte> bytes, out bool isLittle)
    {
        // The two numbers are for times in microseconds and in nanoseconds.
        isLittle = BinaryPrimitives.ReadUInt32LittleEndian(bytes) is 0xa1b2c3d4 or 0xa1b23c4d;
        return isLittle || BinaryPrimitives.ReadUInt32BigEndian(bytes) is 0xa1b2c3d4 or 0xa1b23c4d;
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>The packet of the internet protocol in what the link carries.</summary>
    private static ReadOnlyMemory<byte> Network(ReadOnlyMemory<byte> packet, uint link)
    {
        int header = link switch
        {
            0 => 4,
            1 => packet.Length >= 14 && BinaryPrimitives.ReadUInt16BigEndian(packet.Span[12..]) == 0x8100 ? 18 : 14,
            101 or 228 or 229 => 0,
            113 => 16,
            276 => 20,
            _ => throw new InvalidDataException($"Packets of the link type {link} are not known."),
        };
        return packet.Length > header ? packet[header..] : default;
    }

    private static bool TryReadTcp(ReadOnlyMemory<byte> packet, out string name, out ReadOnlyMemory<byte> segment)
    {
        name = "";
        segment = default;
        ReadOnlySpan<byte> bytes = packet.Span;
        if (bytes.Length < 20)
        {
            return false;
        }

        bool isSix = bytes[0] >> 4 == 6;
        int header = isSix ? 40 : (bytes[0] & 0xf) * 4;
        int total = isSix && bytes.Length >= 40
            ? 40 + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..])
            : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);

        // A system that leaves the division into packets to its network card says 0.
        total = total <= header ? bytes.Length : Math.Min(total, bytes.Length);
        if ((!isSix && bytes[0] >> 4 != 4) || header < 20 || total < header + 20 || bytes[isSix ? 6 : 9] != Tcp)
        {
            return false;
        }

        segment = packet[header..total];
        int size = isSix ? 16 : 4;
        int from = isSix ? 8 : 12;
        name = $"{End(bytes.Slice(from, size), segment.Span)} > "
            + End(bytes.Slice(from + size, size), segment.Span[2..]);
        return true;
    }

    private static string End(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port) =>
        $"{new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(port))}";
}
