namespace ActorP2P;

/// <summary>What carries the bytes of a node's connections. Nodes of either kind talk to each other.</summary>
public enum TransportKind
{
    /// <summary>Akka.IO, in the node's actor system.</summary>
    AkkaIo,

    /// <summary>The system's sockets, without actors in between: faster, and less memory for each connection.</summary>
    Sockets,
}
