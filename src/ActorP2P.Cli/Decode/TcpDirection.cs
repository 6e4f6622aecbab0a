using System.Buffers.Binary;

namespace ActorP2P.Cli.Decode;

/// <summary>The segments of one direction of a TCP connection, in the order of their packets.</summary>
internal sealed class TcpDirection(string name)
{
    private const byte Synchronise = 0x02;

    private readonly List<Segment> _segments = [];
    private uint? _first;

    /// <summary>Adds a segment with its header of TCP.</summary>
    public void Add(ReadOnlyMemory<byte> segment)
    {
        ReadOnlySpan<byte> bytes = segment.Span;
        uint number = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        int header = (bytes[12] >> 4) * 4;
        bool isSynchronise = (bytes[13] & Synchronise) != 0;
        _first ??= isSynchronise ? number + 1 : number;
        if (header >= 20 && header < bytes.Length)
        {
            // Numbers wrap around, so they count from the first.
            int offset = unchecked((int)(number + (isSynchronise ? 1 : 0) - _first.Value));
            _segments.Add(new Segment(offset, segment[header..]));
        }
    }

    /// <summary>The bytes in order, up to the first that is missing.</summary>
    public CapturedStream Assemble()
    {
        using MemoryStream bytes = new();
        foreach (Segment segment in _segments.OrderBy(static segment => segment.Offset))
        {
            long known = bytes.Length - segment.Offset;
            if (known < 0)
            {
                return new CapturedStream(name, bytes.ToArray(), HasGap: true);
            }

            if (known < segment.Bytes.Length)
            {
                bytes.Write(segment.Bytes.Span[(int)known..]);
            }
        }

        return new CapturedStream(name, bytes.ToArray());
    }

    /// <summary>Bytes and where they are in the stream.</summary>
    private sealed record Segment(int Offset, ReadOnlyMemory<byte> Bytes);
}
