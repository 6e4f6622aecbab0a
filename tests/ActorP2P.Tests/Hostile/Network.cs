namespace ActorP2P.Tests.Hostile;

/// <summary>Where a hostile scenario is played: the same script runs on each.</summary>
public enum Network
{
    /// <summary>The simulated network, in virtual time.</summary>
    Memory,

    /// <summary>TCP with sockets over loopback, in real time; each node with an actor system of its own.</summary>
    Sockets,

    /// <summary>The same with all nodes in one actor system, as in a host that embeds several.</summary>
    SocketsInOneSystem,

    /// <summary>TCP through Akka.IO over loopback, in real time; each node with an actor system of its own.</summary>
    AkkaIo,

    /// <summary>The same with all nodes in one actor system.</summary>
    AkkaIoInOneSystem,
}
