namespace ActorP2P.Simulation;

/// <summary>What dies with a node.</summary>
public enum DeathKind
{
    /// <summary>The process, as by kill -9: nothing is flushed, and the host's kernel resets its connections.</summary>
    Process,

    /// <summary>
    /// The host, as by a power cut: no peer is told, and what is sent to it is lost until it is back.
    /// </summary>
    Host,
}
