using ActorP2P.Protocol;
using ActorP2P.Simulation;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorP2P.Tests;

/// <summary>Nodes in one simulated world on a simulated network whose links have the same latency.</summary>
internal sealed class VirtualMesh
{
    private readonly SimulatedNetwork _network;
    private readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);
    private int _nodes;

    public VirtualMesh(ulong seed = 1, TimeSpan? latency = null)
    {
        World = new SimulatedWorld(seed);
        _network = new SimulatedNetwork(
            World, new LinkConditions { Latency = latency ?? TimeSpan.FromMilliseconds(10) });
    }

    public SimulatedWorld World { get; }

    /// <summary>The logger factory of the nodes; null leaves the choice to the node.</summary>
    public ILoggerFactory? Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Configuration of the nodes' actor systems in addition to the simulation's.</summary>
    public Akka.Configuration.Config? Config { get; init; }

    /// <summary>
    /// The available memory that the nodes are told, in bytes. It is fixed, so that the memory of the machine does not
    /// change a run.
    /// </summary>
    public long? AvailableMemory { get; init; } = UsualMemory;

    /// <summary>The available memory unless a test sets another value, in bytes.</summary>
    public const long UsualMemory = 16L * 1024 * 1024 * 1024;

    public ITransport CreateTransport(string host) => _network.CreateTransport(host, KeyOf(host));

    /// <summary>Sets how fast a host reads from now on.</summary>
    public void SetReadRate(string host, long bytesPerSecond) => _network.SetReadRate(host, bytesPerSecond);

    /// <summary>Runs a scenario to its end in virtual time.</summary>
    public void Run(Func<Task> scenario) => World.Run(scenario, TimeSpan.FromHours(1));

    /// <summary>
    /// Starts a node on the host <paramref name="host"/>, listening on port 1. Its actor system is prepared before.
    /// </summary>
    public async Task<P2PNode> StartAsync(
        string host, Action<ProtocolBuilder>? protocol =
            null, string[]? bootstrap = null, Func<P2PNodeOptions, P2PNodeOptions>? change = null,
        ITransport? transport = null, Func<TimeProvider, TimeProvider>? wrapTime = null,
        Action<ActorSystem>? prepare = null, Func<P2PNodeServices, P2PNodeServices>? supply = null)
    {
        int key = KeyOf(host);
        int number = ++_nodes;
        P2PNodeOptions settings = new()
        {
            NetworkId = "test",
            Encryption = Encryption.Off,
            Listen = new PeerAddress(host, 1),
            Bootstrap = [.. (bootstrap ?? []).Select(other => new PeerAddress(other, 1))],
        };
        TimeProvider time = World.TimeProviderOf(key);
        ActorSystem system = SimulatedSystem.Create(
            World, host.Replace('.', '-'), new SimulatedSystemOptions { Node = key, Config = Config });
        prepare?.Invoke(system);
        P2PNodeServices services = new()
        {
            ActorSystem = system,
            Name = host,
            Transport = transport ?? CreateTransport(host),
            TimeProvider = wrapTime?.Invoke(time) ?? time,
            LoggerFactory = Logs,
            Seed = World.Seed + (ulong)number,
            Identity = NodeIdentity.WithoutKey(IdentityOf(number)),
            Signer = SimulatedNetwork.CreateSigner(IdentityOf(number)),
            AvailableMemory = AvailableMemory,
        };
        return await P2PNode.StartAsync(
            change?.Invoke(settings) ?? settings, protocol, supply?.Invoke(services) ?? services);
    }

    // The number of a host in the world. A node that is started again on a host has the same number.
    private int KeyOf(string host)
    {
        if (!_keys.TryGetValue(host, out int key))
        {
            key = _keys.Count + 1;
            _keys.Add(host, key);
        }

        return key;
    }

    private static NodeId IdentityOf(int number)
    {
        byte[] bytes = new byte[NodeId.Size];
        bytes[^1] = (byte)number;
        return new NodeId(bytes);
    }
}
