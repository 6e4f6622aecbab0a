using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>How a request that was handed to a connection has ended there.</summary>
/// <param name="Id">The request.</param>
/// <param name="Type">The answer's message type, by this node's numbers.</param>
/// <param name="Answer">The answer; null when it does not parse, or when there is none.</param>
/// <param name="Failure">Why there is no answer; null when there is one.</param>
/// <param name="Code">What the peer said, when it answered with an error; else 0.</param>
/// <param name="Detail">The failure in words.</param>
internal readonly record struct AskOutcome(
    RequestId Id, ushort Type, object? Answer, AskFailure? Failure, RequestErrorCode Code, string Detail)
{
    /// <summary>An answer came.</summary>
    public static AskOutcome Answered(RequestId id, ushort type, object? answer) => new(id, type, answer, null, 0, "");

    /// <summary>The peer answered with an error.</summary>
    public static AskOutcome Refused(RequestId id, RequestErrorCode code, string text) => code switch
    {
        RequestErrorCode.NoRoom => new(id, 0, null, AskFailure.NoRoom, code, text),
        RequestErrorCode.Expired => new(id, 0, null, AskFailure.Expired, code, text),
        _ => new(id, 0, null, AskFailure.PeerError, code, $"{code}: {text}"),
    };

    /// <summary>The request was not sent, or not to its end.</summary>
    public static AskOutcome NotSent(RequestId id, AskFailure failure, string detail) =>
        new(id, 0, null, failure, 0, detail);

    /// <summary>The session, or the queue before it, did not take the request.</summary>
    public static AskOutcome NotTaken(RequestId id, SendResult result, PeerAddress address) =>
        NotSent(id, FailureOf(result), $"to {address}");

    /// <summary>What a refusal means for an ask.</summary>
    public static AskFailure FailureOf(SendResult result) => result switch
    {
        SendResult.QueueFull => AskFailure.QueueFull,
        SendResult.TooLong => AskFailure.TooLong,
        SendResult.Expired => AskFailure.Expired,
        _ => AskFailure.NotConnected,
    };
}
