using System.Diagnostics.Metrics;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// What a host supplies to a node: clock, logger, transport, actor system, identity. The defaults suit a program
/// without a host: TCP sockets, the system's clock, true randomness, and an actor system for the node alone. Tests and
/// simulations supply their own. Settings that a file can contain are in <see cref="P2PNodeOptions"/>.
/// </summary>
public sealed record P2PNodeServices
{
    /// <summary>
    /// The transport of the node's bytes; null means TCP with the transport that the settings name. The caller disposes
    /// a transport that it supplies.
    /// </summary>
    public ITransport? Transport { get; init; }

    /// <summary>
    /// The actor system that the node runs in; null gives the node a system of its own, which is terminated with the
    /// node. Such a system ignores the signals of the process: an application that wants its peers to receive a goodbye
    /// on Ctrl+C must dispose the node on that signal.
    /// </summary>
    public ActorSystem? ActorSystem { get; init; }

    /// <summary>The only clock of the node. Its timers use it, and peers are told its time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// The node's logger; null sends warnings and errors to the log of its actor system, which is the console by
    /// default.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>
    /// Makes the meter <c>ActorP2P</c> that the node reports to. The owner of the factory disposes the meter. Null
    /// means one meter that all nodes without a factory share.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>
    /// The node's name in <see cref="P2P"/>, in events and in measurements (their tag <c>actorp2p.node</c>). Null means
    /// no name; measurements then use the short form of the node's id. The names of the nodes in one actor system must
    /// differ.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// The source of <see cref="MessageContext.Services"/>. Each message has a scope of its own, made when its handler
    /// first asks for a service. Null means that handlers have no services. <c>ActorP2P.Hosting</c> sets it to the
    /// host's provider.
    /// </summary>
    public IServiceProvider? Provider { get; init; }

    /// <summary>
    /// The seed of all random numbers of the node, so that a run can be repeated; null means a seed of the operating
    /// system. The numbers that tell nodes apart depend on the identity too, so two nodes with the same seed have
    /// different ones. With the system's clock, where no run can be repeated, these numbers are truly random.
    /// </summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// The node's identity; null means the one in <see cref="P2PNodeOptions.IdentityFile"/>, or a new one if there is
    /// no such setting.
    /// </summary>
    public NodeIdentity? Identity { get; init; }

    /// <summary>
    /// The secret of a private network: only nodes that know it become peers. Needs encryption. Null: what
    /// <see cref="P2PNodeOptions.NetworkSecretFile"/> says.
    /// </summary>
    public NetworkSecret? NetworkSecret { get; init; }

    /// <summary>
    /// How connections are encrypted and ids proven where <see cref="P2PNodeOptions.Encryption"/> requires it; null: as
    /// <see cref="Transport"/> does it if it is an <see cref="IHandshake"/> itself, as that of a simulated network is,
    /// and otherwise by TLS 1.3.
    /// </summary>
    public IHandshake? Handshake { get; init; }

    /// <summary>
    /// What signs the node's broadcasts and records, and checks those of others; null: the key of the node's identity.
    /// Only simulations set it (<c>SimulatedNetwork.CreateSigner</c>).
    /// </summary>
    public ISigner? Signer { get; init; }

    /// <summary>
    /// The application's state at the start, at most <see cref="P2PNode.MaxStateBytes"/> bytes, as
    /// <see cref="P2PNode.SetStateAsync"/> changes it later; empty: none.
    /// </summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>
    /// Looks up the DNS names in <see cref="DiscoverySettings.DnsNames"/>; null: the system's name servers.
    /// </summary>
    public IDnsSource? DnsSource { get; init; }

    /// <summary>
    /// Where the node keeps what must outlive it, such as its bans. The caller disposes it after the node; nodes must
    /// not share one. Null: what <see cref="P2PNodeOptions.DataDirectory"/> says, and without that setting the node
    /// keeps everything in memory.
    /// </summary>
    public IPeerStore? Store { get; init; }

    /// <summary>
    /// Opens the store in a directory, <see cref="P2PNodeOptions.DataDirectory"/>, when the node starts. The node
    /// disposes what it has opened when it has stopped. <c>SqlitePeerStore.OpenAsync</c> of the package
    /// <c>ActorP2P.Storage.Sqlite</c> is such a method, and <c>ActorP2P.Hosting</c> uses it unless another is set.
    /// </summary>
    public Func<string, CancellationToken, ValueTask<IPeerStore>>? OpenStore { get; init; }

    /// <summary>
    /// Bytes that the process may use; null: asked of the runtime, which knows the limits of containers.
    /// </summary>
    internal long? AvailableMemory { get; init; }

    /// <summary>Checks that every required value is set.</summary>
    /// <exception cref="ArgumentException">A required value is null, or the state is too long.</exception>
    internal P2PNodeServices Validated()
    {
        _ = TimeProvider ?? throw new ArgumentNullException(nameof(TimeProvider));
        P2PNode.RequireState(State, nameof(State));
        return this;
    }
}
