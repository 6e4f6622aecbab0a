namespace ActorP2P.Protocol;

/// <summary>
/// The tagged headers that may precede a message's body: a trace context and an expiry, closed by an end tag. The
/// expiry is acted on; the trace context is checked for form, and what acts on it comes with later versions. Unknown
/// tags are skipped.
/// </summary>
internal static class TaggedHeaders
{
    /// <summary>The end of the headers: tag 0, true (as Flowee ends its own).</summary>
    public const uint End = 0;

    /// <summary>W3C trace context: 16 bytes trace id, 8 bytes span id, 1 byte flags.</summary>
    public const uint TraceContext = 1;

    /// <summary>Milliseconds from sending after which nobody wants the message.</summary>
    public const uint Expiry = 2;

    /// <summary>The longest headers taken, in bytes.</summary>
    public const int MaxSize = 1024;

    /// <summary>The longest that <see cref="WriteExpiry"/> writes: tag, five bytes of a 32-bit number, end.</summary>
    public const int MaxExpirySize = 7;

    private const int TraceContextSize = 25;

    /// <summary>Writes headers that hold an expiry and nothing else.</summary>
    /// <param name="destination">At least <see cref="MaxExpirySize"/> bytes.</param>
    /// <param name="milliseconds">After how long nobody wants the message.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteExpiry(Span<byte> destination, uint milliseconds)
    {
        destination[0] = (byte)((Expiry << 3) | (uint)TagType.Positive);
        int length = 1 + Varint.Write(destination[1..], milliseconds);
        destination[length++] = (byte)((End << 3) | (uint)TagType.True);
        return length;
    }

    /// <summary>Reads headers from the start of <paramref name="payload"/>.</summary>
    /// <param name="payload">A frame's payload from where the headers begin.</param>
    /// <param name="consumed">Bytes the headers take, their end included.</param>
    /// <param name="expiry">Milliseconds after which nobody wants the message, if they say so.</param>
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
