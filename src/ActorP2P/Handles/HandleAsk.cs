using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A request of a handle.</summary>
/// <typeparam name="TReply">The type of the answer.</typeparam>
internal sealed class HandleAsk<TReply> : HandleEntry<TReply>
{
    private readonly P2PNode _node;
    private readonly SendOptions _how;
    private readonly Func<Peer, SendOptions, CancellationToken, Task<TReply>> _ask;
    private readonly TimeSpan? _expiry;
    private readonly TimeSpan? _limit;

    /// <param name="node">The node.</param>
    /// <param name="owner">The handle.</param>
    /// <param name="how">The options of the ask.</param>
    /// <param name="ask">Asks a peer, with the time that is left.</param>
    public HandleAsk(
        P2PNode node, PeerHandle owner, SendOptions how,
        Func<Peer, SendOptions, CancellationToken, Task<TReply>> ask)
        : base(owner)
    {
        (_node, _how, _ask) = (node, how, ask);
        TimeSpan now = node.Context.Now;
        TimeSpan? timeout =
            WaitTime.Limit(how.Timeout ?? node.Context.Settings.RequestTimeout, nameof(SendOptions.Timeout));
        _limit = now + timeout;
        _expiry = now + how.Expiry;
        Deadline = WaitTime.Earliest(_limit, _expiry);
    }

    /// <inheritdoc/>
    public override Task<bool> SendAsync(HandleLink link, Peer peer)
    {
        TimeSpan now = _node.Context.Now;
        if (Deadline <= now)
        {
            Expire();
        }
        else if (!IsOver)
        {
            SendOptions left = _how with { Timeout = _limit - now ?? Timeout.InfiniteTimeSpan, Expiry = _expiry - now };
            _ = FinishAsync(link, peer, left);
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public override void Expire() => Promise.TrySetException(new AskException(
        _limit is { } limit && limit <= _node.Context.Now ? AskFailure.TimedOut : AskFailure.Expired,
        "there was no connection in time"));

    /// <inheritdoc/>
    public override void Refuse(string detail) =>
        Promise.TrySetException(new AskException(AskFailure.QueueFull, detail));

    /// <inheritdoc/>
    public override void Close(string detail) =>
        Promise.TrySetException(new AskException(AskFailure.NotConnected, detail));

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the ask is passed on to its caller.")]
    private async Task FinishAsync(HandleLink link, Peer peer, SendOptions left)
    {
        try
        {
            Promise.TrySetResult(await _ask(peer, left, Token));
        }
        catch (AskException ended) when (MayRepeat(ended.Reason))
        {
            link.Messages.Return(this);
        }
        catch (OperationCanceledException)
        {
            Promise.TrySetCanceled(Token);
        }
        catch (Exception failed)
        {
            Promise.TrySetException(failed);
        }
    }

    // A request that was not sent is always sent again.
    private bool MayRepeat(AskFailure reason) =>
        reason == AskFailure.NotConnected || (_how.IsIdempotent && reason == AskFailure.Disconnected);
}
