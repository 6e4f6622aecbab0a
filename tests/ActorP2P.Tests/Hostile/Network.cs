namespace ActorP2P.Tests.Hostile;

/// <summary>The networks on which every hostile scenario runs with the same script.</summary>
public enum Network
{
    /// <summary>The simulated network, in virtual time.</summary>
    Memory,

    /// <summary>TCP with sockets over loopback in real time; each node has an actor system of its own.</summary>
    Sockets,

    /// <summary>TCP with sockets, with all nodes in one actor system, as in a host that embeds several.</summary>
    SocketsInOneSystem,

    /// <summary>TCP through Akka.IO over loopback in real time; each node has an actor system of its own.</summary>
    AkkaIo,

    /// <summary>TCP through Akka.IO, with all nodes in one actor system.</summary>
    AkkaIoInOneSystem,
}
