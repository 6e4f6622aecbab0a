namespace ActorP2P.Tests.Hostile;

/// <summary>Where a hostile scenario is played: the same script runs on both.</summary>
public enum Network
{
    /// <summary>The memory network, in virtual time.</summary>
    Memory,
    /// <summary>TCP over loopback, in real time.</summary>
    Sockets,
}
