namespace ActorP2P.Protocol;

/// <summary>
/// Cuts messages into frames. A message that fits one frame is sent whole, a longer one in fragments.
/// </summary>
internal struct FrameCutter
{
    // The bytes before a body: its total and its tagged headers. Created with the first message that needs it.
    private byte[]? _prefix;

    /// <summary>Whether a message is sent in fragments.</summary>
    public static bool IsFragmented(OutboundMessage message) =>
        message.Body.Length + HeaderRoom(message) > SessionSettings.MaxFragment;

    /// <summary>
    /// The payload of a message's next frame, in bytes. For a whole message with headers it counts the most that the
    /// headers can take; the frame may be some bytes shorter.
    /// </summary>
    public static int NextLength(OutboundMessage message) => message.Sent > 0
        ? Math.Min(SessionSettings.MaxFragment, message.Body.Length - message.Sent)
        : IsFragmented(message) ? SessionSettings.MaxFragment : message.Body.Length + HeaderRoom(message);

    /// <summary>Cuts off a message's next frame. The frame is valid until the next call.</summary>
    public void Cut(TimeSpan now, OutboundMessage message, out OutboundFrame frame)
    {
        FrameFlags flags = (FrameFlags)message.Lane;
        int most = NextLength(message);
        int prefix = message.Sent == 0 ? WritePrefix(now, message, ref flags) : 0;
        int size = Math.Min(most - prefix, message.Body.Length - message.Sent);
        ReadOnlyMemory<byte> body = message.Body.Slice(message.Sent, size);
        message.Sent += size;
        flags |= message.Sent < message.Body.Length ? FrameFlags.More : FrameFlags.None;
        FrameHeader header = new((uint)(prefix + size), message.Kind, flags, message.Type, message.Id);
        frame = new OutboundFrame(header, _prefix.AsMemory(0, prefix), body, message.Owner);
    }

    private static int HeaderRoom(OutboundMessage message) =>
        message.IsTagged ? TaggedHeaders.MaxExpirySize + (message.Trace?.Length ?? 0) : 0;

    /// <summary>Writes the bytes that precede the body of a message when its first frame is cut.</summary>
    /// <returns>Bytes written.</returns>
    private int WritePrefix(TimeSpan now, OutboundMessage message, ref FrameFlags flags)
    {
        bool isFragmented = IsFragmented(message);
        if (!isFragmented && !message.IsTagged)
        {
            return 0;
        }

        int room = Varint.MaxSize + TaggedHeaders.MaxExpirySize + (message.Trace?.Length ?? 0);
        if (_prefix is null || _prefix.Length < room)
        {
            _prefix = new byte[room];
        }

        int size = 0;
        if (isFragmented)
        {
            flags |= FrameFlags.First;
            size = Varint.Write(_prefix, (ulong)message.Body.Length);
        }

        if (message.IsTagged)
        {
            flags |= FrameFlags.Tagged;
            uint? milliseconds = message.Expires is { } expires
                ? (uint)Math.Clamp(Math.Ceiling((expires - now).TotalMilliseconds), 1, uint.MaxValue) : null;
            size += TaggedHeaders.Write(_prefix.AsSpan(size), milliseconds, message.Trace);
        }

        return size;
    }
}
