using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>How a request that was given to a connection has ended there.</summary>
/// <param name="Id">The request.</param>
/// <param name="Type">The answer's message type, in this node's numbers.</param>
/// <param name="Answer">The answer; null when it does not parse or there is none.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
/// <param name="Code">The code of the peer's error; 0 when the peer did not send one.</param>
/// <param name="Detail">The failure as a text.</param>
internal readonly record struct AskOutcome(
    RequestId Id, ushort Type, object? Answer, AskFailure? Failure, RequestErrorCode Code, string Detail)
{
    /// <summary>An answer arrived.</summary>
    public static AskOutcome Answered(RequestId id, ushort type, object? answer) => new(id, type, answer, null, 0, "");

    /// <summary>The peer answered with an error.</summary>
    public static AskOutcome Refused(RequestId id, RequestErrorCode code, string text) => code switch
    {
        RequestErrorCode.NoRoom => new(id, 0, null, AskFailure.NoRoom, code, text),
        RequestErrorCode.Expired => new(id, 0, null, AskFailure.Expired, code, text),
        _ => new(id, 0, null, AskFailure.PeerError, code, $"{code}: {text}"),
    };

    /// <summary>The request was not sent, or not completely.</summary>
    public static AskOutcome NotSent(RequestId id, AskFailure failure, string detail) =>
        new(id, 0, null, failure, 0, detail);

    /// <summary>The session, or the queue before it, refused the request.</summary>
    public static AskOutcome NotTaken(RequestId id, SendResult result, PeerAddress address) =>
        NotSent(id, FailureOf(result), $"to {address}");

    /// <summary>The failure of an ask for the result of a send.</summary>
    public static AskFailure FailureOf(SendResult result) => result switch
    {
        SendResult.QueueFull => AskFailure.QueueFull,
        SendResult.TooLong => AskFailure.TooLong,
        SendResult.Expired => AskFailure.Expired,
        _ => AskFailure.NotConnected,
    };
}
