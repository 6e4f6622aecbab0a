namespace ActorP2P.Simulation;

/// <summary>The kinds of events on a simulated network.</summary>
public enum NetworkEventKind
{
    /// <summary>A host began to connect.</summary>
    Dialled,
    /// <summary>A connection is open at the dialling end.</summary>
    Opened,
    /// <summary>A connection was passed to the listener.</summary>
    Accepted,
    /// <summary>A connect was refused.</summary>
    Refused,
    /// <summary>A connect got no answer in time, or was given up.</summary>
    Unanswered,
    /// <summary>A host ended its direction of a connection.</summary>
    Finished,
    /// <summary>A host or the network reset a connection.</summary>
    Reset,
    /// <summary>A host gave up a connection because its bytes were not acknowledged.</summary>
    TimedOut,
    /// <summary>A fault began or ended.</summary>
    Fault,
}
