using ActorP2P.Protocol;

namespace ActorP2P.Cli.Decode;

/// <summary>Divides the bytes of one direction into frames.</summary>
internal sealed class StreamDecoder(CapturedStream stream, FrameDetails details)
{
    private const int TlsRecord = 0x16;
    private const int TlsMajor = 0x03;

    /// <summary>What keeps the rest from being frames; null if all of it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is missing at the end; null if nothing is.</summary>
    public string? Note { get; private set; }

    /// <summary>The frames in order.</summary>
    public IEnumerable<DecodedFrame> Frames()
    {
        int at = 0;
        while (at < stream.Bytes.Length && Problem is null)
        {
            ReadOnlyMemory<byte> rest = stream.Bytes[at..];
            if (at == 0 && rest.Length >= 2 && rest.Span[0] == TlsRecord && rest.Span[1] == TlsMajor)
            {
                Problem = "the connection is encrypted (TLS): only its two ends can read it";
                yield break;
            }

            if (rest.Length < FrameHeader.Size)
            {
                Note = $"the last {rest.Length} bytes are the beginning of a header";
                yield break;
            }

            FrameHeader header = FrameHeader.Read(rest.Span);
            Problem = ProblemOf(header, at);
            if (Problem is null && rest.Length < FrameHeader.Size + header.Length)
            {
                Note = $"the last frame, {header.Kind}, has {rest.Length - FrameHeader.Size} of its "
                    + $"{header.Length} bytes";
                yield break;
            }

            if (Problem is null)
            {
                yield return new DecodedFrame(
                    at, header, details.Of(header, rest.Span.Slice(FrameHeader.Size, (int)header.Length)));
                at += FrameHeader.Size + (int)header.Length;
            }
        }

        Note = stream.HasGap ? "bytes are missing here" : null;
    }

    private static string? ProblemOf(FrameHeader header, int at) =>
        header.Length > SessionSettings.MaxFragment
            ? $"at byte {at} is no frame: its length would be {header.Length}"
            : !Enum.IsDefined(header.Kind) ? $"at byte {at} is no frame: its kind would be {(byte)header.Kind:x2}"
            : (header.Flags & FrameFlags.Reserved) != 0
                ? $"at byte {at} is no frame: its flags would be {(byte)header.Flags:x2}"
            : null;
}
