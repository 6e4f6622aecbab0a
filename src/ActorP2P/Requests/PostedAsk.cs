using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>An ask on its way to the RequestTracker.</summary>
/// <param name="Pending">Who waits for the answer.</param>
/// <param name="Message">The request, its buffer held for this ask.</param>
/// <param name="Lane">The lane of the request and of its answer.</param>
/// <param name="Timeout">How long to wait; null: the ask ends with the connection at the latest.</param>
/// <param name="Expiry">After how long its handler need not begin any more.</param>
internal readonly record struct PostedAsk(
    PendingAsk Pending, EncodedMessage Message, Lane Lane, TimeSpan? Timeout, TimeSpan? Expiry)
{
    /// <summary>It cannot be asked: its buffer is let go, and whoever waits is told why.</summary>
    public void Refuse(AskFailure reason, string detail)
    {
        Message.Buffer.Release();
        Pending.Fail(new AskException(reason, detail));
    }
}
