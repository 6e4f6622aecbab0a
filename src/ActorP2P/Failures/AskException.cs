using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>An ask ended without an answer.</summary>
public sealed class AskException : P2PException
{
    internal AskException(AskFailure reason, string detail, Disconnect? end = null, RequestErrorCode errorCode = 0)
        : base($"The ask failed: {reason}{(detail.Length == 0 ? "" : $" ({detail})")}.")
    {
        Reason = reason;
        Detail = detail;
        End = end;
        ErrorCode = errorCode;
    }

    /// <summary>Why there is no answer.</summary>
    public AskFailure Reason { get; }

    /// <summary>The failure as a text for people; with <see cref="AskFailure.PeerError"/>, the peer's text.</summary>
    public string Detail { get; }

    /// <summary>How the connection ended, if that is why the ask failed.</summary>
    public Disconnect? End { get; }

    /// <summary>
    /// The peer's code, if the peer answered with an error; codes from 0x100 on are the application's.
    /// </summary>
    public RequestErrorCode ErrorCode { get; }
}
