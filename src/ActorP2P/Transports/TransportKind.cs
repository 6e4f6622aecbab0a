namespace ActorP2P;

/// <summary>The transport of a node's connections. Nodes with different transports can talk to each other.</summary>
public enum TransportKind
{
    /// <summary>Akka.IO in the node's actor system.</summary>
    AkkaIo,

    /// <summary>
    /// The system's sockets, without actors in between. They are faster and need less memory for each connection.
    /// </summary>
    Sockets,
}
