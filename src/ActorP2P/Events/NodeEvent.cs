namespace ActorP2P;

/// <summary>
/// Something that happened to a node. <see cref="P2PNode.Events"/> gives the events of one node; the event stream of
/// its actor system gives the events of all its nodes.
/// </summary>
public abstract record NodeEvent
{
    /// <summary>The node it happened to.</summary>
    public NodeId Node { get; internal init; }

    /// <summary>The node's name (<see cref="P2PNodeServices.Name"/>); null when it has none.</summary>
    public string? NodeName { get; internal init; }
}
