namespace ActorP2P.Protocol;

/// <summary>
/// Variable-length integers of the CMF format: base 128, most significant group first, where 0x80 says that more groups
/// follow. Each continuation adds one, so that every number has exactly one encoding (127 = <c>7f</c>, 128 = <c>80
/// 00</c>).
/// </summary>
internal static class Varint
{
    /// <summary>The most bytes a 64-bit number takes.</summary>
    public const int MaxSize = 10;

    /// <summary>Bytes that <paramref name="value"/> takes.</summary>
    public static int SizeOf(ulong value)
    {
        int size = 1;
        for (; value > 0x7f; value = (value >> 7) - 1)
        {
            size++;
        }

        return size;
    }

    /// <summary>Writes <paramref name="value"/> and returns the bytes written.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Write(Span<byte> destination, ulong value)
    {
        int size = SizeOf(value);
        if (destination.Length < size)
        {
            throw new ArgumentException("The destination is shorter than the number.", nameof(destination));
        }

        destination[size - 1] = (byte)(value & 0x7f);
        for (int i = size - 2; i >= 0; i--)
        {
            value = (value >> 7) - 1;
            destination[i] = (byte)(0x80 | (value & 0x7f));
        }

        return size;
    }

    /// <summary>Reads a number from the start of <paramref name="source"/>.</summary>
    /// <returns>False when the bytes end within the number, or it does not fit 64 bits.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out ulong value, out int consumed)
    {
        value = 0;
        for (consumed = 0; consumed < source.Length && consumed < MaxSize;)
        {
            byte current = source[consumed++];
            if (value > ulong.MaxValue >> 7)
            {
                return false;
            }

            value = (value << 7) | (uint)(current & 0x7f);
            if ((current & 0x80) == 0)
            {
                return true;
            }

            if (value++ == ulong.MaxValue)
            {
                return false;
            }
        }

        return false;
    }
}
