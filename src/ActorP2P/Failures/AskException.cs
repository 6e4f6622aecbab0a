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

    /// <summary>Why.</summary>
    public AskFailure Reason { get; }

    /// <summary>For people; with <see cref="AskFailure.PeerError"/>, the peer's text.</summary>
    public string Detail { get; }

    /// <summary>How the connection ended, when that is why.</summary>
    public Disconnect? End { get; }

    /// <summary>The peer's code, when it answered with an error; from 0x100 up the application's own.</summary>
    public RequestErrorCode ErrorCode { get; }
}
