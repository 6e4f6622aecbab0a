using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>An actor that owns a node, for a supervisor in the application. See <see cref="P2PNode.Props"/>.</summary>
internal sealed class NodeActor(P2PNodeOptions options, Action<ProtocolBuilder>? protocol, P2PNodeServices services)
    : UntypedActor
{
    // As many as the events kept for a subscriber, and far more than anybody sends to a node that has not started.
    private const int MostWaiting = 1024;

    private readonly Queue<Envelope> _waiting = new();
    private NodeLife? _life;
    private P2PNode? _node;

    protected override void PreStart()
    {
        _life = SystemNodes.Of(Context.System).BeginLife(Self.Path);
        _ = StartAsync(_life, Self, Context.System);
    }

    protected override void PostStop()
    {
        foreach (Envelope envelope in _waiting)
        {
            NodeCommands.Refuse(envelope.Message, envelope.Sender);
        }

        _life?.Stop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IOfLife { Life: var life } when life != _life:
                // The message concerns the node that this actor owned before it was restarted.
                break;
            case Started started:
                _node = started.Node;
                while (_waiting.TryDequeue(out Envelope envelope))
                {
                    _node.Manager.Tell(envelope.Message, envelope.Sender);
                }

                break;
            case NotStarted failed:
                throw new ActorInitializationException(
                    Self, $"The node did not start: {failed.Reason.Message}", failed.Reason);
            case Over { Reason: null }:
                Context.Stop(Self);
                break;
            case Over over:
                throw over.Reason;
            case var command when !NodeCommands.Are(command):
                Unhandled(message);
                break;
            case var command when _node is not null:
                _node.Manager.Forward(command);
                break;
            case var command when _waiting.Count < MostWaiting:
                _waiting.Enqueue(new Envelope(command, Sender));
                break;
            default:
                Sender.Tell(new Status.Failure(new SendException(
                    SendResult.QueueFull, $"{MostWaiting} messages wait for the node to start")));
                break;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The supervisor decides about any exception of the start.")]
    private async Task StartAsync(NodeLife life, IActorRef self, ActorSystem system)
    {
        P2PNode node;
        try
        {
            await life.Before;
            node = await P2PNode.StartAsync(options, protocol, services with { ActorSystem = system });
        }
        catch (Exception exception)
        {
            life.End();
            self.Tell(new NotStarted(life, exception), ActorRefs.NoSender);
            return;
        }

        life.Begin(node);
        self.Tell(new Started(life, node), ActorRefs.NoSender);
        self.Tell(new Over(life, await EndOf(node)), ActorRefs.NoSender);
    }

    private static async Task<NodeStoppedException?> EndOf(P2PNode node)
    {
        try
        {
            await node.Completion;
            return null;
        }
        catch (NodeStoppedException reason)
        {
            return reason;
        }
    }

    private interface IOfLife
    {
        NodeLife Life { get; }
    }

    private sealed record Started(NodeLife Life, P2PNode Node) : IOfLife;

    private sealed record NotStarted(NodeLife Life, Exception Reason) : IOfLife;

    private sealed record Over(NodeLife Life, NodeStoppedException? Reason) : IOfLife;
}
