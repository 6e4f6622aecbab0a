namespace ActorP2P.Determinism;

/// <summary>The class of an event. At the same time, a lower class comes first.</summary>
public enum EventClass
{
    /// <summary>
    /// The simulation's own plan: faults, partitions, measurements. It comes before the events of all nodes.
    /// </summary>
    Timeline = 0,

    /// <summary>Something that arrives over the simulated network.</summary>
    Frame = 1,

    /// <summary>A timer that is due.</summary>
    Timer = 2,
}
