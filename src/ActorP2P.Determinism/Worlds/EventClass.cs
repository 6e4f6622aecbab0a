namespace ActorP2P.Determinism;

/// <summary>What kind of event a simulation has in hand; at one time the lower come first.</summary>
public enum EventClass
{
    /// <summary>The simulation's own plan: faults, partitions, measurements. Before every node's events.</summary>
    Timeline = 0,

    /// <summary>Something that arrives over the simulated network.</summary>
    Frame = 1,

    /// <summary>A timer that is due.</summary>
    Timer = 2,
}
