using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Calls the application's broadcast handlers, in the order of arrival, outside the Broadcaster's turn.</summary>
internal sealed class JudgeActor(NodeContext node) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is GossipMessages.Arrived arrived)
        {
            Judge(arrived, Context.Parent);
        }
        else
        {
            Unhandled(message);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is logged, and no verdict on the peer.")]
    private void Judge(GossipMessages.Arrived arrived, IActorRef broadcaster)
    {
        if (!node.Catalog.Broadcasts.TryGetValue(arrived.Message.Type, out MessageHandler<BroadcastContext, Verdict>? handler))
        {
            // Nobody here can judge it, so nobody relays it.
            broadcaster.Tell(new GossipMessages.Judged(arrived, Verdict.Ignore));
            return;
        }

        if (!handler.Decoder.TryRead(arrived.Message.Body.Span[BroadcastHead.Size..], out object? message))
        {
            broadcaster.Tell(new GossipMessages.Judged(arrived, null));
            return;
        }

        try
        {
            ValueTask<Verdict> verdict = handler.Invoke(message, new BroadcastContext(arrived.From, arrived.Head));
            if (verdict.IsCompletedSuccessfully)
            {
                broadcaster.Tell(new GossipMessages.Judged(arrived, verdict.Result));
            }
            else
            {
                _ = AwaitAsync(arrived, verdict, broadcaster);
            }
        }
        catch (Exception exception)
        {
            Fail(arrived, exception, broadcaster);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is logged, and no verdict on the peer.")]
    private async Task AwaitAsync(GossipMessages.Arrived arrived, ValueTask<Verdict> pending, IActorRef broadcaster)
    {
        try
        {
            broadcaster.Tell(new GossipMessages.Judged(arrived, await pending), ActorRefs.NoSender);
        }
        catch (Exception exception)
        {
            Fail(arrived, exception, broadcaster);
        }
    }

    private void Fail(GossipMessages.Arrived arrived, Exception exception, IActorRef broadcaster)
    {
        // Told first: a logger that throws must not keep the peer's credit.
        ushort type = arrived.Message.Type;
        broadcaster.Tell(new GossipMessages.Judged(arrived, Verdict.Ignore), ActorRefs.NoSender);
        Log.HandlerFailed(node.Logger, exception, $"{type:x4}");
    }
}
