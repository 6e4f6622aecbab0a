namespace ActorP2P.Benchmarks;

/// <summary>The kinds of fault that a chaos run causes.</summary>
internal enum ChaosFault
{
    /// <summary>A process is suspended for a while.</summary>
    Suspend,

    /// <summary>A process is killed and started again on another port.</summary>
    Kill,

    /// <summary>The connections to a node are reset on their way.</summary>
    Cut,

    /// <summary>The descriptor limit of a process is set so low that it can open almost none.</summary>
    Descriptors,

    /// <summary>A process with little memory receives long messages.</summary>
    Memory,

    /// <summary>A process is killed and started again on the same port.</summary>
    PortReuse,

    /// <summary>The name of a node resolves to another address.</summary>
    Dns,

    /// <summary>Hundreds of peers connect at the same time.</summary>
    Burst,

    /// <summary>Handlers block for ever, and then the node is stopped.</summary>
    Block,

    /// <summary>A node is stopped during its traffic and started again.</summary>
    Stop,
}
