namespace ActorP2P.Benchmarks;

/// <summary>Bugs that a chaos run can be given, to see that it finds them.</summary>
internal enum PlantedBug
{
    /// <summary>None: the run is meant.</summary>
    None,

    /// <summary>One response in forty is never sent.</summary>
    LostResponse,

    /// <summary>A node that is stopped waits for ever.</summary>
    HangingDispose,

    /// <summary>A descriptor is left open for each connection.</summary>
    LeakedDescriptor,
}
