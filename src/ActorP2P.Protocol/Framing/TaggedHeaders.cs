namespace ActorP2P.Protocol;

/// <summary>
/// The tagged headers that may precede a message's body: a trace context and an expiry, closed by an end tag. The
/// expiry is acted on; the trace context is checked for form, and left to the shell. Unknown tags are skipped.
/// </summary>
internal static class TaggedHeaders
{
    /// <summary>The end of the headers: tag 0, true (as Flowee ends its own).</summary>
    public const uint End = 0;

    /// <summary>W3C trace context: 16 bytes trace id, 8 bytes span id, 1 byte flags.</summary>
    public const uint TraceContext = 1;

    /// <summary>The milliseconds, counted from sending, after which the message expires.</summary>
    public const uint Expiry = 2;

    /// <summary>W3C trace state: printable ASCII.</summary>
    public const uint TraceState = 3;

    /// <summary>
    /// The longest trace state written or read, in bytes: the length that W3C asks every system to pass on.
    /// </summary>
    public const int MaxTraceState = 512;

    /// <summary>The longest headers accepted, in bytes.</summary>
    public const int MaxSize = 1024;

    /// <summary>
    /// The most bytes that <see cref="WriteExpiry"/> writes: tag, a 32-bit number in five bytes, end.
    /// </summary>
    public const int MaxExpirySize = 7;

    /// <summary>The size of a trace context.</summary>
    public const int TraceContextSize = 25;

    // Tag and length of a trace context, and of a trace state whose length takes two bytes.
    private const int TraceHeads = 5;

    /// <summary>Writes headers that contain an expiry and nothing else.</summary>
    /// <param name="destination">At least <see cref="MaxExpirySize"/> bytes.</param>
    /// <param name="milliseconds">The milliseconds after which the message expires.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteExpiry(Span<byte> destination, uint milliseconds) =>
        Write(destination, milliseconds, trace: null);

    /// <summary>Writes headers.</summary>
    /// <param name="destination">At least <see cref="MaxExpirySize"/> bytes, plus the bytes of the trace.</param>
    /// <param name="milliseconds">The time after which the message expires; null for never.</param>
    /// <param name="trace">The result of <see cref="EncodeTrace"/>; empty for none.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, uint? milliseconds, ReadOnlySpan<byte> trace)
    {
        trace.CopyTo(destination);
        int length = trace.Length;
        if (milliseconds is { } expiry)
        {
            destination[length++] = (byte)((Expiry << 3) | (uint)TagType.Positive);
            length += Varint.Write(destination[length..], expiry);
        }

        destination[length++] = (byte)((End << 3) | (uint)TagType.True);
        return length;
    }

    /// <summary>Encodes the headers of a trace, to be copied before a message.</summary>
    /// <param name="context">16 bytes trace id, 8 bytes span id, 1 byte flags.</param>
    /// <param name="state">
    /// The trace state; left out when it is empty, longer than <see cref="MaxTraceState"/>, or not printable ASCII.
    /// </param>
    public static byte[] EncodeTrace(ReadOnlySpan<byte> context, string? state)
    {
        bool hasState = state is { Length: > 0 and <= MaxTraceState }
            && !state.AsSpan().ContainsAnyExceptInRange(' ', '~');
        byte[] headers = new byte[TraceHeads + TraceContextSize + (hasState ? state!.Length : 0)];
        headers[0] = (byte)((TraceContext << 3) | (uint)TagType.Bytes);
        headers[1] = TraceContextSize;
        context.CopyTo(headers.AsSpan(2));
        int length = 2 + TraceContextSize;
        if (hasState)
        {
            headers[length++] = (byte)((TraceState << 3) | (uint)TagType.Bytes);
            length += Varint.Write(headers.AsSpan(length), (ulong)state!.Length);
            length += System.Text.Encoding.ASCII.GetBytes(state, headers.AsSpan(length));
        }

        return headers[..length];
    }

    /// <summary>Reads the trace from headers that were checked before.</summary>
    /// <param name="headers">The headers from their first byte on.</param>
    /// <param name="context">16 bytes trace id, 8 bytes span id, 1 byte flags.</param>
    /// <param name="state">The trace state; null when there is none that this version accepts.</param>
    /// <returns>False when the headers have no trace.</returns>
    public static bool TryReadTrace(ReadOnlySpan<byte> headers, out ReadOnlySpan<byte> context, out string? state)
    {
        context = default;
        state = null;
        TagReader tags = new(headers);
        while (tags.TryRead() && tags.Tag != End)
        {
            if (tags.Tag == TraceContext && tags.TryGet(out ReadOnlySpan<byte> trace))
            {
                context = trace;
            }
            else if (tags.Tag == TraceState && tags.TryGet(out ReadOnlySpan<byte> text)
                && text.Length is > 0 and <= MaxTraceState
                && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                state = System.Text.Encoding.ASCII.GetString(text);
            }
        }

        return context.Length == TraceContextSize;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out int, out uint?, out bool)"/>
    public static bool TryRead(ReadOnlySpan<byte> payload, out int consumed, out uint? expiry) =>
        TryRead(payload, out consumed, out expiry, out _);

    /// <summary>Reads headers from the start of <paramref name="payload"/>.</summary>
    /// <param name="payload">A frame's payload, starting at the headers.</param>
    /// <param name="consumed">The bytes of the headers, including their end tag.</param>
    /// <param name="expiry">The milliseconds after which the message expires; null when the headers have none.</param>
    /// <param name="hasTrace">Whether the headers have a trace context.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, out int consumed, out uint? expiry, out bool hasTrace)
    {
        expiry = null;
        hasTrace = false;
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
                case TraceContext:
                    hasTrace = true;
                    break;
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
