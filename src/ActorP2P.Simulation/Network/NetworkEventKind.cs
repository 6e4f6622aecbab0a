namespace ActorP2P.Simulation;

/// <summary>What happened on a simulated network.</summary>
public enum NetworkEventKind
{
    /// <summary>A host began to connect.</summary>
    Dialled,
    /// <summary>A connection is open at the end that dialled.</summary>
    Opened,
    /// <summary>A connection was handed to the listener.</summary>
    Accepted,
    /// <summary>A connect was refused.</summary>
    Refused,
    /// <summary>A connect got no answer in time, or was given up.</summary>
    Unanswered,
    /// <summary>A host ended its direction of a connection.</summary>
    Finished,
    /// <summary>A host, or something between, cut a connection.</summary>
    Reset,
    /// <summary>A kernel gave up a connection whose bytes nobody acknowledged.</summary>
    TimedOut,
    /// <summary>A fault began or ended.</summary>
    Fault,
}
