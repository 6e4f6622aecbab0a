namespace ActorP2P.Protocol;

/// <summary>
/// The tagged headers that may precede a message's body: a trace context and an
/// expiry, closed by an end tag. The library acts on the expiry. It checks the
/// form of the trace context and ignores its content. Unknown tags are skipped.
/// </summary>
internal static class TaggedHeaders
{
    /// <summary>The end of the headers: tag 0, true (as Flowee ends its own).</summary>
    public const uint End = 0;

    /// <summary>W3C trace context: 16 bytes trace id, 8 bytes span id, 1 byte flags.</summary>
    public const uint TraceContext = 1;

    /// <summary>The milliseconds, counted from sending, after which the message expires.</summary>
    public const uint Expiry = 2;

    /// <summary>The longest headers accepted, in bytes.</summary>
    public const int MaxSize = 1024;

    /// <summary>
    /// The most bytes that <see cref="WriteExpiry"/>
    /// writes: tag, a 32-bit number in five bytes, end.
    /// </summary>
    public const int MaxExpirySize = 7;

    private const int TraceContextSize = 25;

    /// <summary>Writes headers that hold an expiry and nothing else.</summary>
    /// <param name="destination">At least <see cref="MaxExpirySize"/> bytes.</param>
    /// <param name="milliseconds">The milliseconds after which the message expires.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteExpiry(Span<byte> destination, uint milliseconds)
    {
        destination[0] = (byte)((Expiry << 3) | (uint)TagType.Positive);
        int length = 1 + Varint.Write(destination[1..], milliseconds);
        destination[length++] = (byte)((End << 3) | (uint)TagType.True);
        return length;
    }

    /// <summary>Reads headers from the start of <paramref name="payload"/>.</summary>
    /// <param name="payload">A frame's payload, starting at the headers.</param>
    /// <param name="consumed">The bytes that the headers take, including their end.</param>
    /// <param name="expiry">The milliseconds after which the message expires; null when the headers have none.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, out int consumed, out uint? expiry)
    {
        expiry = null;
        TagReader tags = new(payload[..Math.Min(payload.Length, MaxSize)]);
        while (tags.TryRead())
        {
            consumed = tags.Consumed;
            switch (tags.Tag)
            {
                case End:
                    return tags.TryGet(out bool end) && end;
                case TraceContext when !tags.TryGet(out ReadOnlySpan<byte> trace) || trace.Length != TraceContextSize:
                    return false;
                case Expiry when tags.TryGet(uint.MaxValue, out ulong milliseconds):
                    expiry = (uint)milliseconds;
                    break;
                case Expiry:
                    return false;
                default:
                    break;
            }
        }

        consumed = 0;
        return false;
    }
}
