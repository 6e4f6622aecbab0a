namespace ActorP2P.Protocol;

/// <summary>Cuts a run of bytes into frames. Holds no state: what is incomplete stays with the caller.</summary>
internal static class FrameDecoder
{
    /// <summary>
    /// Reads the header at the start of <paramref name="source"/> and judges its length, so that a frame that can never be
    /// taken is refused before a byte of it is waited for.
    /// </summary>
    /// <param name="source">Bytes received and not yet consumed.</param>
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
