namespace ActorP2P.Benchmarks;

/// <summary>The kinds of fault that a chaos run brings about.</summary>
internal enum ChaosFault
{
    /// <summary>A process is suspended for a while.</summary>
    Suspend,

    /// <summary>A process is killed, and started again elsewhere.</summary>
    Kill,

    /// <summary>The connections to a node are reset on their way.</summary>
    Cut,

    /// <summary>A process may open next to no more descriptors.</summary>
    Descriptors,

    /// <summary>A process with little memory is sent long messages.</summary>
    Memory,

    /// <summary>A process is killed, and started again on the same port.</summary>
    PortReuse,

    /// <summary>The name of a node gets another address.</summary>
    Dns,

    /// <summary>Hundreds of peers come at once.</summary>
    Burst,

    /// <summary>Handlers block for ever, and the node is stopped.</summary>
    Block,

    /// <summary>A node is stopped amid its traffic, and started again.</summary>
    Stop,
}
