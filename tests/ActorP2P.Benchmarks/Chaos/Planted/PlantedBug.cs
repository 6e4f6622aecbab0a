namespace ActorP2P.Benchmarks;

/// <summary>Bugs that can be planted to verify that a chaos run finds them.</summary>
internal enum PlantedBug
{
    /// <summary>No bug: the run is a real one.</summary>
    None,

    /// <summary>One response in forty is never sent.</summary>
    LostResponse,

    /// <summary>Stopping a node never completes.</summary>
    HangingDispose,

    /// <summary>One descriptor is left open for each connection.</summary>
    LeakedDescriptor,
}
