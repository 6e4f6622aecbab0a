namespace ActorP2P.PeerBenchmarks;

/// <summary>A system that can be chosen, and how to create an instance of it.</summary>
/// <param name="Name">The name on the command line and in the tables.</param>
/// <param name="Setup">What was chosen for it, and what differs from its defaults.</param>
/// <param name="Create">Creates an instance.</param>
/// <param name="TellsEach">
/// Whether it has one way to reach all receivers and another to reach each, so that both are measured.
/// </param>
internal sealed record PeerSystem(string Name, string Setup, Func<Contender> Create, bool TellsEach = false)
{
    /// <summary>The baseline, which does the least that a program can do, and is no rival of the others.</summary>
    public const string Baseline = "raw";

    /// <summary>All systems, in the order of the tables.</summary>
    public static IReadOnlyList<PeerSystem> All { get; } =
    [
        new(Baseline, RawContender.Setup, static () => new RawContender()),
        new("actorp2p-sockets", ActorP2PContender.Setup + " `transport = sockets`, `encryption = off`.",
            static () => new ActorP2PContender(TransportKind.Sockets, Encryption.Off), TellsEach: true),
        new("actorp2p-akka-io", ActorP2PContender.Setup + " `transport = akka-io`, `encryption = off`.",
            static () => new ActorP2PContender(TransportKind.AkkaIo, Encryption.Off), TellsEach: true),
        new("actorp2p-sockets-tls", ActorP2PContender.Setup + " `transport = sockets`, `encryption = required`.",
            static () => new ActorP2PContender(TransportKind.Sockets, Encryption.Required), TellsEach: true),
        new("akka-remote", AkkaRemoteContender.Setup, static () => new AkkaRemoteContender()),
        new("proto-remote", ProtoRemoteContender.Setup, static () => new ProtoRemoteContender()),
        new("grpc", GrpcContender.Setup, static () => new GrpcContender()),
        new("signalr", SignalRContender.Setup, static () => new SignalRContender()),
        new("streamjsonrpc", StreamJsonRpcContender.Setup, static () => new StreamJsonRpcContender()),
        new("netmq", NetMQContender.Setup, static () => new NetMQContender()),
    ];

    /// <summary>The system with this name; null when there is none.</summary>
    public static PeerSystem? Find(string name) => All.FirstOrDefault(system => system.Name == name);
}
