using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>What the RequestTracker is told.</summary>
internal static class RequestMessages
{
    /// <summary>Ask a peer; without a timeout the ask ends with the connection at the latest.</summary>
    public sealed record Ask(PendingAsk Pending, EncodedMessage Message, Lane Lane, TimeSpan? Timeout, TimeSpan? Expiry) : IUndeliverable
    {
        public void OnUndelivered()
        {
            Message.Buffer.Release();
            Pending.Fail(new AskException(AskFailure.NodeFailed, "the node has stopped"));
        }
    }

    /// <summary>The asker has cancelled.</summary>
    public sealed record Cancel(PendingAsk Pending);

    /// <summary>A link can be asked on.</summary>
    public sealed record LinkUp(long Link, uint Salt, IActorRef Actor);

    /// <summary>A link is gone, and every ask on it fails.</summary>
    public sealed record LinkDown(long Link, Disconnect End);

    /// <summary>An answer came; the message is null when it does not parse or its type is unknown.</summary>
    public sealed record Answered(long Link, RequestId Id, ushort Type, object? Message);

    /// <summary>The peer answered with an error.</summary>
    public sealed record Refused(long Link, RequestId Id, RequestErrorCode Code, string Text);

    /// <summary>A request could not be sent.</summary>
    public sealed record NotSent(long Link, RequestId Id, AskFailure Reason, string Detail);

    /// <summary>After a restart: all links there are have been told.</summary>
    public sealed record LinksTold
    {
        public static readonly LinksTold Instance = new();
    }

    /// <summary>A deadline may have passed.</summary>
    public sealed record ExpiryDue
    {
        public static readonly ExpiryDue Instance = new();
    }
}
