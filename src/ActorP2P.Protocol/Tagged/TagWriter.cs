using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Writes tagged values in the CMF format: a tag number and a type in one byte (from number 31 up: an escape byte and
/// a varint), then the value. A reader skips unknown tags, so a format may grow without breaking older readers.
/// </summary>
public readonly ref struct TagWriter(IBufferWriter<byte> output)
{
    // The escape (0xF8) and a varint of 32 bits.
    private const int MaxTagSize = 6;
    private readonly IBufferWriter<byte> _output = output;

    /// <summary>Writes an integer.</summary>
    public void Write(uint tag, long value)
    {
        ulong magnitude = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
        WriteNumber(tag, value < 0 ? TagType.Negative : TagType.Positive, magnitude);
    }

    /// <summary>Writes an unsigned integer.</summary>
    public void Write(uint tag, ulong value) => WriteNumber(tag, TagType.Positive, value);

    /// <summary>Writes a truth value: the tag alone.</summary>
    public void Write(uint tag, bool value)
    {
        Span<byte> span = _output.GetSpan(MaxTagSize);
        _output.Advance(WriteTag(span, tag, value ? TagType.True : TagType.False));
    }

    /// <summary>Writes a double.</summary>
    public void Write(uint tag, double value)
    {
        Span<byte> span = _output.GetSpan(MaxTagSize + sizeof(double));
        int size = WriteTag(span, tag, TagType.Real);
        BinaryPrimitives.WriteDoubleLittleEndian(span[size..], value);
        _output.Advance(size + sizeof(double));
    }

    /// <summary>Writes a text as UTF-8.</summary>
    public void Write(uint tag, ReadOnlySpan<char> value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Span<byte> span = _output.GetSpan(MaxTagSize + Varint.MaxSize + length);
        int size = WriteTag(span, tag, TagType.Text);
        size += Varint.Write(span[size..], (ulong)length);
        size += Encoding.UTF8.GetBytes(value, span[size..]);
        _output.Advance(size);
    }

    /// <summary>Writes bytes.</summary>
    public void Write(uint tag, ReadOnlySpan<byte> value)
    {
        Span<byte> span = _output.GetSpan(MaxTagSize + Varint.MaxSize + value.Length);
        int size = WriteTag(span, tag, TagType.Bytes);
        size += Varint.Write(span[size..], (ulong)value.Length);
        value.CopyTo(span[size..]);
        _output.Advance(size + value.Length);
    }

    private void WriteNumber(uint tag, TagType type, ulong magnitude)
    {
        Span<byte> span = _output.GetSpan(MaxTagSize + Varint.MaxSize);
        int size = WriteTag(span, tag, type);
        size += Varint.Write(span[size..], magnitude);
        _output.Advance(size);
    }

    private static int WriteTag(Span<byte> span, uint tag, TagType type)
    {
        if (tag < 31)
        {
            span[0] = (byte)((tag << 3) | (uint)type);
            return 1;
        }

        span[0] = (byte)(0xf8 | (uint)type);
        return 1 + Varint.Write(span[1..], tag);
    }
}
