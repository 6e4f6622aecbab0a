using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A broadcast to send at the end of the Broadcaster's turn, and the promise of the number of peers that it is sent to.
/// </summary>
internal readonly record struct Spread(BroadcastId Id, OutboxEntry Entry, TaskCompletionSource<int>? Promise)
{
    /// <summary>
    /// Settles the promise: the number of peers, or that the message is too long for all of them.
    /// </summary>
    public void End(int peers, int tooLong)
    {
        if (peers == 0 && tooLong > 0)
        {
            Promise?.TrySetException(new SendException(
                SendResult.TooLong, $"{Entry.Message.Length} bytes are too long for each of the {tooLong} peers"));
        }
        else
        {
            Promise?.TrySetResult(peers);
        }
    }
}
