namespace ActorP2P.Simulation;

/// <summary>Hears of a node's events in the turn after they happen; dies with the node.</summary>
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
