using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What a handler has come to.</summary>
/// <param name="Reply">The encoded reply, its buffer held; null for a notify, and when there is an error.</param>
/// <param name="Error">What the asker is told instead of a reply.</param>
/// <param name="Text">The same in words.</param>
internal readonly record struct HandlerResult(EncodedMessage? Reply, RequestErrorCode Error, string Text)
{
    /// <summary>The handler was not called: nobody wanted the outcome any more.</summary>
    public static readonly HandlerResult Expired =
        new(null, RequestErrorCode.Expired, "expired before its handler could begin");

    /// <summary>Whether the handler was not called, because nobody wanted the outcome any more.</summary>
    public bool IsExpired => Error == RequestErrorCode.Expired;

    /// <summary>The reply to a request; nothing for a notify.</summary>
    /// <exception cref="InvalidOperationException">The handler of a request gave null.</exception>
    public static HandlerResult Of(FrameKind kind, IMessage? reply) => new(
        kind == FrameKind.Request ? PayloadWriter.Encode(Checked(reply)) : null, 0, "");

    /// <summary>What the asker is told when the handler has thrown.</summary>
    public static HandlerResult Of(Exception exception) => exception is RequestRefusedException refused
        ? new(null, (RequestErrorCode)refused.Code, refused.Message)
        : new(null, RequestErrorCode.HandlerFailed, "the handler failed");

    private static IMessage Checked(IMessage? reply) =>
        reply ?? throw new InvalidOperationException("The handler of a request returned null instead of a reply.");
}
