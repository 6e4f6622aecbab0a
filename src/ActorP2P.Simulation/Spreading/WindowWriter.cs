using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>
/// Writes messages to another part: the run, a number that grows by one with each message, the kind, a value, the
/// number of segments, and the segments.
/// </summary>
internal sealed class WindowWriter(ulong run)
{
    /// <summary>The bytes before the segments.</summary>
    public const int HeaderSize = 29;

    /// <summary>The bytes of a segment before its data.</summary>
    public const int SegmentSize = 29;

    /// <summary>The bytes of what a packet of a connect carries.</summary>
    public const int ConnectSize = 21;

    private readonly ArrayBufferWriter<byte> _segments = new();
    private long _first = long.MaxValue;
    private int _count;

    /// <summary>Adds a segment to the next window.</summary>
    public void Add(TimeSpan at, int source, int destination, in SimulatedSegment segment)
    {
        int data = segment.Bytes is null ? 0 : segment.Count;
        int size = SegmentSize + (segment.Connect is null ? 0 : ConnectSize) + data;
        Span<byte> target = _segments.GetSpan(size)[..size];
        BinaryPrimitives.WriteInt64LittleEndian(target, at.Ticks);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], source);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], destination);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], segment.To);
        target[24] = (byte)segment.Kind;
        BinaryPrimitives.WriteInt32LittleEndian(target[25..], segment.Count);
        if (segment.Connect is { } connect)
        {
            Write(target[SegmentSize..], connect);
        }

        segment.Bytes.AsSpan(0, data).CopyTo(target[(size - data)..]);
        _segments.Advance(size);
        _count++;
        _first = Math.Min(_first, at.Ticks);
    }

    /// <summary>The next window: all segments since the last one.</summary>
    /// <param name="number">The number of the message.</param>
    /// <param name="next">The time of the sender's next event, in ticks.</param>
    public byte[] TakeWindow(long number, long next)
    {
        byte[] message = new byte[HeaderSize + _segments.WrittenCount];
        WriteHeader(message, number, WindowKind.Window, next, _count);
        _segments.WrittenSpan.CopyTo(message.AsSpan(HeaderSize));
        _segments.ResetWrittenCount();
        _count = 0;
        _first = long.MaxValue;
        return message;
    }

    /// <summary>The earliest arrival of the segments of the next window, in ticks.</summary>
    public long FirstArrival => _first;

    /// <summary>A message without segments.</summary>
    public byte[] Other(long number, WindowKind kind, long value, ReadOnlySpan<byte> body = default)
    {
        byte[] message = new byte[HeaderSize + body.Length];
        WriteHeader(message, number, kind, value, 0);
        body.CopyTo(message.AsSpan(HeaderSize));
        return message;
    }

    /// <summary>A message that says why the sender has failed.</summary>
    public byte[] Failure(long number, string what) =>
        Other(number, WindowKind.Failed, 0, Encoding.UTF8.GetBytes(what));

    private static void Write(Span<byte> target, SimulatedConnect connect)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, connect.FromPort);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], connect.ToPort);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], connect.Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], connect.DiallerWindow);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], connect.ListenerWindow);
        target[20] = connect.IsTaken ? (byte)1 : (byte)0;
    }

    private void WriteHeader(Span<byte> message, long number, WindowKind kind, long value, int count)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(message, run);
        BinaryPrimitives.WriteInt64LittleEndian(message[8..], number);
        message[16] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(message[17..], value);
        BinaryPrimitives.WriteInt32LittleEndian(message[25..], count);
    }
}
