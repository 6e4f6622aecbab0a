namespace ActorP2P.Simulation;

/// <summary>Messages that some nodes of a scenario send again and again.</summary>
internal sealed record Workload
{
    /// <summary>Its key in the file.</summary>
    public required string Name { get; init; }

    /// <summary>What is sent.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The nodes of which a random one sends each message.</summary>
    public required NodeSet From { get; init; }

    /// <summary>The nodes of which a random one gets each message; null: a random peer of the sender.</summary>
    public NodeSet? To { get; init; }

    /// <summary>The pause between two messages of the workload, or its mean.</summary>
    public TimeSpan Every { get; init; }

    /// <summary>
    /// Whether pauses are drawn such that messages are independent of each other: a Poisson process.
    /// </summary>
    public bool IsPoisson { get; init; }

    /// <summary>The least bytes of a message, or of a stream.</summary>
    public int LeastBytes { get; init; }

    /// <summary>The most bytes; all between are equally likely.</summary>
    public int MostBytes { get; init; }

    /// <summary>The bytes of an answer.</summary>
    public int AnswerBytes { get; init; }

    /// <summary>How long an ask waits.</summary>
    public TimeSpan AskTimeout { get; init; }

    /// <summary>When it begins, in virtual time.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>When it ends, in virtual time.</summary>
    public TimeSpan End { get; init; }
}
