namespace ActorP2P.Simulation;

/// <summary>What one run of a scenario came to. Runs of one seed are equal in everything.</summary>
public sealed record ScenarioResult
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Why it failed, with the last events of the nodes concerned; null when all is as it must be.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether all is as it must be.</summary>
    public bool Passed => Failure is null;

    /// <summary>How long it took the nodes.</summary>
    public TimeSpan VirtualTime { get; init; }

    /// <summary>Frames that were sent.</summary>
    public long Frames { get; init; }

    /// <summary>Bytes that the nodes sent which were up at the end.</summary>
    public long Bytes { get; init; }

    /// <summary>All that happened, in one number, as 16 hexadecimal digits: equal for equal runs.</summary>
    public string TraceHash { get; init; } = "";

    /// <summary>Broadcasts that were followed.</summary>
    public int Broadcasts { get; init; }

    /// <summary>Share of the deliveries that could have been: to nodes that were up from its sending to the end. 1 without any.</summary>
    public double Reach { get; init; } = 1;

    /// <summary>Half of the deliveries came in this time.</summary>
    public TimeSpan DeliveryP50 { get; init; }

    /// <summary>99 of 100 deliveries came in this time.</summary>
    public TimeSpan DeliveryP99 { get; init; }

    /// <summary>All deliveries came in this time.</summary>
    public TimeSpan DeliveryMax { get; init; }

    /// <summary>Copies of a broadcast that a node was sent, on average; 0 without broadcasts.</summary>
    public double Copies { get; init; }

    /// <summary>The traffic's asks.</summary>
    public int Asks { get; init; }

    /// <summary>Share of them that were answered; 1 without any.</summary>
    public double Answered { get; init; } = 1;

    /// <summary>How many connections ended for which reason, counted at each end.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);
}
