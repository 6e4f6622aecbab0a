using System.Diagnostics.Metrics;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// What a host supplies to a node: clock, logger, transport, actor system, identity. The defaults are those of a
/// program of its own: TCP sockets, the system's clock, true randomness, an actor system for the node alone. Tests and
/// simulations supply theirs. What can be set in a file is in <see cref="P2PNodeOptions"/>.
/// </summary>
public sealed record P2PNodeServices
{
    /// <summary>How bytes travel; null: TCP, as the settings say. The caller disposes what it hands in.</summary>
    public ITransport? Transport { get; init; }

    /// <summary>
    /// The actor system to live in; null: one of its own, terminated with the node. A system of its own does not listen
    /// to the signals of the process: an application that wants its peers to read a goodbye on Ctrl+C disposes the node
    /// then.
    /// </summary>
    public ActorSystem? ActorSystem { get; init; }

    /// <summary>The node's one clock: its timers come from it, and peers are told its time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where the node logs; null: its warnings and errors go to the log of its actor system, which by default is the
    /// console.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>
    /// Makes the meter <c>ActorP2P</c> that the node reports to, which the factory's owner ends; null: one that all
    /// such nodes of the process share.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// What <see cref="P2P"/>, events and measurements call the node; null: it has no name, and measurements call it by
    /// the short form of its id, in their tag <c>actorp2p.node</c>. Nodes of one actor system have different names.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// Where <see cref="MessageContext.Services"/> come from: each message has a scope of its own, made when its
    /// handler first asks for a service; null: handlers have none. <c>ActorP2P.Hosting</c> sets the host's.
    /// </summary>
    public IServiceProvider? Provider { get; init; }

    /// <summary>
    /// Seeds everything random in the node, so that a run can be repeated; null: seeded by the system. By what tells
    /// nodes apart, two nodes of one seed differ all the same: it depends on the identity too, and on the system's
    /// clock, where no run can be repeated, it is truly random.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Who the node is; null: what <see cref="P2PNodeOptions.IdentityFile"/> says, or a new identity where it says
    /// nothing.
    /// </summary>
    public NodeIdentity? Identity { get; init; }

    /// <summary>
    /// The secret of a private network: only nodes that know it become peers. Needs encryption. Null: what
    /// <see cref="P2PNodeOptions.NetworkSecretFile"/> says.
    /// </summary>
    public NetworkSecret? NetworkSecret { get; init; }

    /// <summary>
    /// How connections are encrypted and ids proven where <see cref="P2PNodeOptions.Encryption"/> requires it; null: as
    /// <see cref="Transport"/> does it if it is an <see cref="IHandshake"/> itself, as that of a simulated network is, and
    /// otherwise by TLS 1.3.
    /// </summary>
    public IHandshake? Handshake { get; init; }

    /// <summary>
    /// Bytes that the process may use; null: asked of the runtime, which knows the limits of containers.
    /// </summary>
    internal long? AvailableMemory { get; init; }

    /// <summary>Checks that nothing is missing.</summary>
    /// <exception cref="ArgumentException">Something is null that may not be.</exception>
    internal P2PNodeServices Validated()
    {
        _ = TimeProvider ?? throw new ArgumentNullException(nameof(TimeProvider));
        return this;
    }
}
