using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The messages to the RequestTracker.</summary>
internal static class RequestMessages
{
    /// <summary>The <see cref="AskQueue"/> is no longer empty.</summary>
    public sealed record AsksPosted
    {
        public static readonly AsksPosted Instance = new();
    }

    /// <summary>The asker has cancelled.</summary>
    public sealed record Cancel(PendingAsk Pending);

    /// <summary>A link is gone, and every ask on it fails.</summary>
    public sealed record LinkDown(long Link, Disconnect End);

    /// <summary>The outcomes of one turn of a link: answers, refusals, and requests that could not be sent.</summary>
    public sealed record Ended(long Link, ArraySegment<AskOutcome> Outcomes);

    /// <summary>A deadline may have passed.</summary>
    public sealed record ExpiryDue
    {
        public static readonly ExpiryDue Instance = new();
    }
}
