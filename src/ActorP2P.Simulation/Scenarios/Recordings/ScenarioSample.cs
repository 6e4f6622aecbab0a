namespace ActorP2P.Simulation;

/// <summary>The figures of all nodes at one virtual time.</summary>
public sealed record ScenarioSample
{
    /// <summary>Virtual time since the start.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The nodes that run.</summary>
    public int NodesUp { get; init; }

    /// <summary>The peers of all nodes; a link counts at each end.</summary>
    public int Links { get; init; }

    /// <summary>The fewest peers of a node that runs.</summary>
    public int FewestLinks { get; init; }

    /// <summary>The most peers of a node.</summary>
    public int MostLinks { get; init; }

    /// <summary>The bytes that were sent so far, by all nodes in all their lives.</summary>
    public long BytesSent { get; init; }

    /// <summary>The bytes that wait to be sent, in all lanes of all nodes.</summary>
    public long QueuedBytes { get; init; }

    /// <summary>The bytes that all nodes hold for their peers: received and not finished, or waiting.</summary>
    public long HeldBytes { get; init; }

    /// <summary>The most bytes that a node holds for its peers.</summary>
    public long MostHeldBytes { get; init; }

    /// <summary>Followed broadcasts so far.</summary>
    public int Broadcasts { get; init; }

    /// <summary>Their deliveries so far.</summary>
    public long Deliveries { get; init; }
}
