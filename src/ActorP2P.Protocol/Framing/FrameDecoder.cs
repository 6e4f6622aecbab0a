namespace ActorP2P.Protocol;

/// <summary>Cuts a run of bytes into frames. It holds no state: incomplete bytes stay with the caller.</summary>
internal static class FrameDecoder
{
    /// <summary>
    /// Reads the header at the start of <paramref name="source"/> and checks its length, so that a frame that is too
    /// long is refused before its payload arrives.
    /// </summary>
    /// <param name="source">The longest payload that is accepted, in bytes.</param>
    /// <param name="maxLength">The longest payload taken, in bytes.</param>
    /// <param name="header">The header, when the status is not <see cref="FrameDecoderStatus.NeedHeader"/>.</param>
    public static FrameDecoderStatus TryRead(ReadOnlySpan<byte> source, int maxLength, out FrameHeader header)
    {
        if (source.Length < FrameHeader.Size)
        {
            header = default;
            return FrameDecoderStatus.NeedHeader;
        }

        header = FrameHeader.Read(source);
        if (header.Length > (uint)maxLength)
        {
            return FrameDecoderStatus.TooLong;
        }

        return source.Length - FrameHeader.Size < (int)header.Length
            ? FrameDecoderStatus.NeedPayload
            : FrameDecoderStatus.Complete;
    }
}
