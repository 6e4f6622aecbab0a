using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A stream could not be opened, or it ended before its end.</summary>
public sealed class PeerStreamException : P2PException
{
    internal PeerStreamException(
        StreamFailure reason, string detail, Disconnect? end = null, RequestErrorCode errorCode = 0)
        : base($"The stream failed: {reason}{(detail.Length == 0 ? "" : $" ({detail})")}.")
    {
        Reason = reason;
        Detail = detail;
        End = end;
        ErrorCode = errorCode;
    }

    /// <summary>Why the stream ended.</summary>
    public StreamFailure Reason { get; }

    /// <summary>
    /// The failure as a text for people; with <see cref="StreamFailure.PeerError"/>, the peer's text.
    /// </summary>
    public string Detail { get; }

    /// <summary>How the connection ended, if that is why the stream ended.</summary>
    public Disconnect? End { get; }

    /// <summary>
    /// The peer's code, if the peer ended the stream; codes from 0x100 on are the application's.
    /// </summary>
    public RequestErrorCode ErrorCode { get; }

    /// <summary>The peer has reset the stream.</summary>
    internal static PeerStreamException Of(RequestErrorCode code, string text) =>
        new(StreamFailure.PeerError, $"{code}: {text}", end: null, code);
}
