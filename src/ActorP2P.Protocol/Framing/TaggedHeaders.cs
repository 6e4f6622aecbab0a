namespace ActorP2P.Protocol;

/// <summary>
/// The tagged headers that may precede a message's body: a trace context and an expiry, closed by an end tag. Values are
/// checked for form already; what acts on them comes with later versions, and unknown tags are skipped.
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

    private const int TraceContextSize = 25;

    /// <summary>Reads headers from the start of <paramref name="payload"/>.</summary>
    /// <param name="payload">A frame's payload from where the headers begin.</param>
    /// <param name="consumed">Bytes the headers take, their end included.</param>
    public static bool TryRead(ReadOnlySpan<byte> payload, out int consumed)
    {
        TagReader tags = new(payload[..Math.Min(payload.Length, MaxSize)]);
        while (tags.TryRead())
        {
            consumed = tags.Consumed;
            switch (tags.Tag)
            {
                case End:
                    return tags.TryGet(out bool end) && end;
                case TraceContext when !tags.TryGet(out ReadOnlySpan<byte> trace) || trace.Length != TraceContextSize:
                case Expiry when !tags.TryGet(uint.MaxValue, out ulong _):
                    return false;
                default:
                    break;
            }
        }

        consumed = 0;
        return false;
    }
}
