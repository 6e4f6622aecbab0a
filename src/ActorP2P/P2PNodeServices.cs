using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// What a node takes from its surroundings. The defaults are a production process: TCP, the system's clock, true
/// randomness, an actor system of its own. Tests and simulations hand in theirs.
/// </summary>
public sealed record P2PNodeServices
{
    /// <summary>How bytes travel; null: TCP, as the settings say. The caller disposes what it hands in.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>The actor system to live in; null: one of its own, terminated with the node.</summary>
    public ActorSystem? System { get; init; }

    /// <summary>The clock that is told to peers, and that times sockets.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the node logs; null: its warnings and errors go to the log of its actor system, which by default is the console.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>
    /// Seeds everything random in the node, so that a run can be repeated; null: seeded by the system. By what tells nodes
    /// apart, two nodes of one seed differ all the same: it depends on the identity too, and on the system's clock, where no
    /// run can be repeated, it is truly random.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>The node's identity; null: a new one.</summary>
    public NodeId? Identity { get; init; }

    /// <summary>Bytes that the process may use; null: asked of the runtime, which knows the limits of containers.</summary>
    internal long? AvailableMemory { get; init; }

    /// <summary>Checks that nothing is missing.</summary>
    /// <exception cref="ArgumentException">Something is null that may not be.</exception>
    internal P2PNodeServices Validated()
    {
        _ = TimeProvider ?? throw new ArgumentNullException(nameof(TimeProvider));
        return this;
    }
}
