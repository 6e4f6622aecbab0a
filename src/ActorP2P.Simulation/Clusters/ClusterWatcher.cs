namespace ActorP2P.Simulation;

/// <summary>Receives a node's events in the turn after they happen. It dies with the node.</summary>
internal sealed class ClusterWatcher(Action<NodeEvent> take) : UntypedActor
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(NodeEvent));

    protected override void OnReceive(object message)
    {
        if (message is NodeEvent happened)
        {
            take(happened);
        }
    }
}
