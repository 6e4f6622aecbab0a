using System.Buffers.Binary;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>Reads a message that <see cref="WindowWriter"/> has written.</summary>
internal ref struct WindowReader
{
    private ReadOnlySpan<byte> _rest;
    private int _left;

    /// <param name="message">The message. One that is too short for a header is read as run 0, number -1.</param>
    public WindowReader(ReadOnlySpan<byte> message)
    {
        Number = -1;
        if (message.Length >= WindowWriter.HeaderSize)
        {
            Run = BinaryPrimitives.ReadUInt64LittleEndian(message);
            Number = BinaryPrimitives.ReadInt64LittleEndian(message[8..]);
            Kind = (WindowKind)message[16];
            Value = BinaryPrimitives.ReadInt64LittleEndian(message[17..]);
            _left = BinaryPrimitives.ReadInt32LittleEndian(message[25..]);
            _rest = message[WindowWriter.HeaderSize..];
        }
    }

    public ulong Run { get; }

    public long Number { get; }

    public WindowKind Kind { get; }

    /// <summary>The time of a window's sender's next event in ticks, or 1 for a vote that is a yes.</summary>
    public long Value { get; }

    /// <summary>Whether there is neither a segment less nor a byte more than the message says.</summary>
    public readonly bool IsAtEnd => _left == 0 && _rest.IsEmpty;

    /// <summary>What follows the header.</summary>
    public readonly ReadOnlySpan<byte> Body => _rest;

    public readonly string Text => Encoding.UTF8.GetString(_rest);

    /// <summary>Reads the next segment; its data are a slice of the message.</summary>
    /// <returns>False at the end, or when the rest is too short.</returns>
    public bool TryRead(
        out TimeSpan at, out int source, out int destination, out SimulatedSegment segment, out ReadOnlySpan<byte> data)
    {
        (at, source, destination, segment) = (default, 0, 0, default);
        data = default;
        if (_left == 0 || _rest.Length < WindowWriter.SegmentSize)
        {
            return false;
        }

        at = new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(_rest));
        source = BinaryPrimitives.ReadInt32LittleEndian(_rest[8..]);
        destination = BinaryPrimitives.ReadInt32LittleEndian(_rest[12..]);
        long to = BinaryPrimitives.ReadInt64LittleEndian(_rest[16..]);
        SimulatedSegmentKind kind = (SimulatedSegmentKind)_rest[24];
        int count = BinaryPrimitives.ReadInt32LittleEndian(_rest[25..]);
        bool hasConnect = kind is SimulatedSegmentKind.Dial or SimulatedSegmentKind.Answer or SimulatedSegmentKind.Open;
        int length = (hasConnect ? WindowWriter.ConnectSize : 0) + (kind == SimulatedSegmentKind.Data ? count : 0);
        if (length < 0 || _rest.Length - WindowWriter.SegmentSize < length)
        {
            return false;
        }

        ReadOnlySpan<byte> body = _rest.Slice(WindowWriter.SegmentSize, length);
        segment = new SimulatedSegment(to, kind, null, count, hasConnect ? ReadConnect(body) : null);
        data = kind == SimulatedSegmentKind.Data ? body : default;
        _rest = _rest[(WindowWriter.SegmentSize + length)..];
        _left--;
        return true;
    }

    private static SimulatedConnect ReadConnect(ReadOnlySpan<byte> body) => new(
        BinaryPrimitives.ReadInt32LittleEndian(body),
        BinaryPrimitives.ReadInt32LittleEndian(body[4..]),
        body[20] == 1,
        BinaryPrimitives.ReadInt32LittleEndian(body[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(body[12..]),
        BinaryPrimitives.ReadInt32LittleEndian(body[16..]));
}
