using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Reads tagged values in place. <see cref="TryRead"/> moves from tag to tag and skips values that the caller
/// does not read; the typed getters check the value of the current tag. Only getting a text allocates.
/// </summary>
public ref struct TagReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private ReadOnlySpan<byte> _value;
    private ulong _number;

    /// <summary>Bytes read so far.</summary>
    public int Consumed { get; private set; }

    /// <summary>The current tag's number.</summary>
    public uint Tag { get; private set; }

    /// <summary>The current tag's type.</summary>
    public TagType Type { get; private set; }

    /// <summary>
    /// Whether all bytes are read and the last value is complete: false while values remain, and after a malformed one.
    /// </summary>
    public readonly bool AtEnd => !IsMalformed && Consumed == _source.Length;

    /// <summary>Whether a value could not be read. No further value is read then.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Moves to the next tag.</summary>
    /// <returns>False at the end of the bytes, and when they are malformed (<see cref="IsMalformed"/>).</returns>
    public bool TryRead()
    {
        if (IsMalformed || Consumed == _source.Length)
        {
            return false;
        }

        IsMalformed = !(TryReadTag() && TryReadValue());
        return !IsMalformed;
    }

    /// <summary>The value as an unsigned integer.</summary>
    public readonly bool TryGet(out ulong value)
    {
        value = _number;
        return Type == TagType.Positive;
    }

    /// <summary>The value as an unsigned integer of at most <paramref name="max"/>.</summary>
    public readonly bool TryGet(ulong max, out ulong value) => TryGet(out value) && value <= max;

    /// <summary>The value as a signed integer.</summary>
    public readonly bool TryGet(out long value)
    {
        if (Type == TagType.Negative && _number <= 1UL + long.MaxValue)
        {
            value = unchecked(-(long)_number);
            return true;
        }

        value = unchecked((long)_number);
        return Type == TagType.Positive && _number <= long.MaxValue;
    }

    /// <summary>The value as a truth value.</summary>
    public readonly bool TryGet(out bool value)
    {
        value = Type == TagType.True;
        return Type is TagType.True or TagType.False;
    }

    /// <summary>The value as a double.</summary>
    public readonly bool TryGet(out double value)
    {
        value = Type == TagType.Real ? BinaryPrimitives.ReadDoubleLittleEndian(_value) : 0;
        return Type == TagType.Real;
    }

    /// <summary>The value as bytes, in place.</summary>
    public readonly bool TryGet(out ReadOnlySpan<byte> value)
    {
        value = Type == TagType.Bytes ? _value : default;
        return Type == TagType.Bytes;
    }

    /// <summary>The value as a text of at most <paramref name="maxBytes"/> bytes of valid UTF-8.</summary>
    public readonly bool TryGet(int maxBytes, [MaybeNullWhen(false)] out string value)
    {
        bool valid = Type == TagType.Text && _value.Length <= maxBytes && Utf8.IsValid(_value);
        value = valid ? Encoding.UTF8.GetString(_value) : null;
        return valid;
    }

    private bool TryReadTag()
    {
        byte first = _source[Consumed++];
        Type = (TagType)(first & 7);
        Tag = (uint)first >> 3;
        if (Tag < 31)
        {
            return true;
        }

        if (!TryReadVarint(out ulong tag) || tag > uint.MaxValue)
        {
            return false;
        }

        Tag = (uint)tag;
        return true;
    }

    private bool TryReadValue()
    {
        _value = default;
        _number = 0;
        switch (Type)
        {
            case TagType.Positive or TagType.Negative:
                return TryReadVarint(out _number);
            case TagType.Text or TagType.Bytes:
                return TryReadVarint(out ulong length) && TryTake(length);
            case TagType.True or TagType.False:
                return true;
            case TagType.Real:
                return TryTake(sizeof(double));
            default:
                return false;
        }
    }

    private bool TryReadVarint(out ulong value)
    {
        bool read = Varint.TryRead(_source[Consumed..], out value, out int consumed);
        Consumed += consumed;
        return read;
    }

    private bool TryTake(ulong length)
    {
        if (length > (ulong)(_source.Length - Consumed))
        {
            return false;
        }

        _value = _source.Slice(Consumed, (int)length);
        Consumed += (int)length;
        return true;
    }
}
