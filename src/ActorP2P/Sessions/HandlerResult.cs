using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The outcome of a handler.</summary>
/// <param name="Reply">The encoded reply, with a hold on its buffer; null for a notify and for an error.</param>
/// <param name="Error">The error code that the requester gets instead of a reply.</param>
/// <param name="Text">The error as a text.</param>
internal readonly record struct HandlerResult(EncodedMessage? Reply, RequestErrorCode Error, string Text)
{
    /// <summary>The handler was not called, because the message had expired.</summary>
    public static readonly HandlerResult Expired =
        new(null, RequestErrorCode.Expired, "expired before its handler could begin");

    /// <summary>Whether the handler was not called because the message had expired.</summary>
    public bool IsExpired => Error == RequestErrorCode.Expired;

    /// <summary>The encoded reply to a request; nothing for a notify.</summary>
    /// <exception cref="InvalidOperationException">The handler of a request returned null.</exception>
    public static HandlerResult Of(FrameKind kind, IMessage? reply) => new(
        kind == FrameKind.Request ? PayloadWriter.Encode(Checked(reply)) : null, 0, "");

    /// <summary>The error that the requester gets when the handler has thrown.</summary>
    public static HandlerResult Of(Exception exception) => exception is RequestRefusedException refused
        ? new(null, (RequestErrorCode)refused.Code, refused.Message)
        : new(null, RequestErrorCode.HandlerFailed, "the handler failed");

    private static IMessage Checked(IMessage? reply) =>
        reply ?? throw new InvalidOperationException("The handler of a request returned null instead of a reply.");
}
