using System.Diagnostics.CodeAnalysis;
namespace ActorP2P;

/// <summary>A message of a handle that needs no answer.</summary>
internal sealed class HandleTell : HandleEntry<bool>
{
    private readonly P2PNode _node;
    private readonly IMessage _message;
    private readonly SendOptions _how;

    public HandleTell(P2PNode node, PeerHandle owner, IMessage message, SendOptions how)
        : base(owner)
    {
        (_node, _message, _how) = (node, message, how);
        Deadline = node.Context.Now + how.Expiry;
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the tell is passed on to its caller.")]
    public override async Task<bool> SendAsync(HandleLink link, Peer peer)
    {
        TimeSpan? left = Deadline - _node.Context.Now;
        if (left <= TimeSpan.Zero)
        {
            Expire();
            return true;
        }

        try
        {
            await _node.TellAsync(peer, _message, _how with { Expiry = left }, Token);
            Promise.TrySetResult(true);
        }
        catch (SendException ended) when (ended.Reason == SendFailure.NotConnected)
        {
            return false;
        }
        catch (Exception refused)
        {
            // The application's code that writes the message may fail in any way.
            Promise.TrySetException(refused);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Expire() => Promise.TrySetException(
        new SendException(SendResult.Expired, $"there was no connection in {_how.Expiry}"));

    /// <inheritdoc/>
    public override void Refuse(string detail) =>
        Promise.TrySetException(new SendException(SendResult.QueueFull, detail));

    /// <inheritdoc/>
    public override void Close(string detail) =>
        Promise.TrySetException(new SendException(SendResult.NotConnected, detail));
}
