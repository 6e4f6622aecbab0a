using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>An ask on its way to the RequestTracker.</summary>
/// <param name="Pending">The ask that waits for the answer.</param>
/// <param name="Message">The request. This ask has a hold on its buffer.</param>
/// <param name="Lane">The lane of the request and of its answer.</param>
/// <param name="Timeout">How long to wait. When it is null, the ask ends with the connection at the latest.</param>
/// <param name="Expiry">The time after which the handler must not begin; null for no limit.</param>
internal readonly record struct PostedAsk(
    PendingAsk Pending, EncodedMessage Message, Lane Lane, TimeSpan? Timeout, TimeSpan? Expiry)
{
    /// <summary>The ask cannot be sent: its buffer is released, and it fails with a reason.</summary>
    public void Refuse(AskFailure reason, string detail)
    {
        Message.Buffer.Release();
        Pending.Fail(new AskException(reason, detail));
    }
}
