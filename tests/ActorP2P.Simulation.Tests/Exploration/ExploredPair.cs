using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Exploration;

/// <summary>Two nodes that a program of an exploration makes, on a simulated network in the run's world.</summary>
internal sealed class ExploredPair : IAsyncDisposable
{
    private static readonly PeerAddress s_server = new("server", 1);

    private ExploredPair(P2PNode server, P2PNode client, Peer peer) => (Server, Client, Peer) = (server, client, peer);

    public P2PNode Server { get; }

    public P2PNode Client { get; }

    /// <summary>The server as the client's peer.</summary>
    public Peer Peer { get; }

    public static async Task<ExploredPair> StartAsync(
        ExploredRun run, LinkConditions conditions, Func<P2PNodeOptions, P2PNodeOptions> change,
        Action<ProtocolBuilder> protocol)
    {
        SimulatedNetwork network = new(run.World, conditions);
        P2PNode server = await StartAsync(
            run, network, "server", 1, change(new P2PNodeOptions { Listen = s_server }), protocol);
        P2PNode client = await StartAsync(
            run, network, "client", 2, change(new P2PNodeOptions { Listen = null }), static _ => { });
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(s_server);
        if (server.Peers.Count == 0)
        {
            await events.ReadAsync<PeerConnected>();
        }

        return new ExploredPair(server, client, peer);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Task<P2PNode> StartAsync(
        ExploredRun run, SimulatedNetwork network, string host, int key, P2PNodeOptions options,
        Action<ProtocolBuilder> protocol)
    {
        byte[] id = new byte[NodeId.Size];
        id[^1] = (byte)key;
        return P2PNode.StartAsync(options with { Encryption = Encryption.Off }, protocol, new P2PNodeServices
        {
            ActorSystem = run.CreateSystem(host, new SimulatedSystemOptions { Node = key }),
            Transport = network.CreateTransport(host, key),
            TimeProvider = run.World.TimeProviderOf(key),
            Identity = NodeIdentity.WithoutKey(new NodeId(id)),
            Seed = (ulong)key,
        });
    }
}
