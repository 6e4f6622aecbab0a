namespace ActorP2P.Simulation;

/// <summary>Nodes of a scenario that have something in common.</summary>
internal sealed record ScenarioGroup
{
    /// <summary>Its key in the file.</summary>
    public required string Name { get; init; }

    /// <summary>The names of its nodes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The settings of its nodes.</summary>
    public required P2PNodeOptions Settings { get; init; }

    /// <summary>How many of the nodes, the last ones, do not run until the timeline lets them join.</summary>
    public int Late { get; init; }

    /// <summary>Whether the topology <c>bootstrap</c> lets the other nodes dial these.</summary>
    public bool IsBootstrap { get; init; }

    /// <summary>Whether its nodes attack: they need not stay connected, and broadcasts need not reach them.</summary>
    public bool IsAttacker { get; init; }

    /// <summary>The region of all its nodes; null: drawn by the shares of the regions.</summary>
    public string? Region { get; init; }

    /// <summary>The class of all its nodes; null: drawn by the shares of the classes.</summary>
    public string? Class { get; init; }

    /// <summary>The name of the application that runs on its nodes; null for none.</summary>
    public string? Application { get; init; }
}
