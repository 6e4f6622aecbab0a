using ActorP2P.Determinism;
using ActorP2P.Protocol;
using ActorP2P.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>
/// The same protocol, with its routes to actors of the registry, in a host over sockets and in the simulation. The
/// start of Akka.Hosting itself cannot be simulated: it continues on the thread pool (<c>ConfigureAwait(false)</c>).
/// </summary>
public sealed class SimulatedHostTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);
    private static readonly PeerAddress s_lobby = new("lobby", 1);

    [Fact]
    public async Task The_lobby_runs_in_a_host_over_sockets()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("chess", akka => akka
            .WithActors((system, _) => AddBoard(system))
            .WithP2PNode("lobby", Lobby));
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, Visitor(heard));

        (string answer, string news) =
            await VisitAsync(client, lobby, lobby.ListenAddresses[0], heard.Task).WaitAsync(s_guard);

        Assert.Equal(("played e4", "white won"), (answer, news));
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public void The_same_lobby_runs_in_the_simulation()
    {
        (string answer, string news, ulong _) = Play(seed: 1);

        Assert.Equal(("played e4", "white won"), (answer, news));
    }

    [Fact]
    public void A_seed_repeats_the_run_of_the_lobby()
    {
        Assert.Equal(Play(seed: 7), Play(seed: 7));
        Assert.NotEqual(Play(seed: 7).Hash, Play(seed: 8).Hash);
    }

    private static void Lobby(ProtocolBuilder p2p) => p2p
        .OnRequest<Text, Text>().RouteTo<Board>()
        .OnBroadcast<Text>((_, _) => Verdict.Accept);

    private static Action<ProtocolBuilder> Visitor(TaskCompletionSource<string> heard) => p2p => p2p
        .OnBroadcast<Text>((news, _) => heard.TrySetResult(news.Value) ? Verdict.Accept : Verdict.Ignore);

    private static void AddBoard(ActorSystem system) =>
        ActorRegistry.For(system).Register<Board>(system.ActorOf(Props.Create(() => new Board())));

    private static async Task<(string Answer, string News)> VisitAsync(
        P2PNode client, P2PNode lobby, PeerAddress at, Task<string> heard)
    {
        using NodeEvents events = lobby.Events();
        Text reply = await client.AskAsync<Text>(at, new Text("e4"));
        await events.ReadAsync<PeerConnected>();
        await lobby.BroadcastAsync(new Text("white won"));
        return (reply.Value, await heard);
    }

    private static (string Answer, string News, ulong Hash) Play(ulong seed)
    {
        SimulatedWorld world = new(seed, new SimulationOptions { Shuffle = true });
        SimulatedNetwork network = new(world);
        (string answer, string news) = world.Run(
            async () =>
            {
                TaskCompletionSource<string> heard = new();
                await using P2PNode lobby = await StartAsync(world, network, "lobby", 0, s_lobby, Lobby);
                await using P2PNode client = await StartAsync(world, network, "client", 1, null, Visitor(heard));
                return await VisitAsync(client, lobby, s_lobby, heard.Task);
            },
            limit: TimeSpan.FromHours(1));
        return (answer, news, world.TraceHash);
    }

    private static Task<P2PNode> StartAsync(
        SimulatedWorld world, SimulatedNetwork network, string host, int key, PeerAddress? listen,
        Action<ProtocolBuilder> protocol)
    {
        ActorSystem system = SimulatedSystem.Create(world, host, new SimulatedSystemOptions { Node = key });
        AddBoard(system);
        byte[] id = new byte[NodeId.Size];
        id[^1] = (byte)(key + 1);
        return P2PNode.StartAsync(new P2PNodeOptions { Listen = listen }, protocol, new P2PNodeServices
        {
            ActorSystem = system,
            Transport = network.CreateTransport(host, key),
            Handshake = network.CreateHandshake(key),
            TimeProvider = world.TimeProviderOf(key),
            Identity = NodeIdentity.WithoutKey(new NodeId(id)),
            Seed = world.Seed + (ulong)key,
        });
    }

    private sealed class Board : ReceiveActor
    {
        public Board() => Receive<Text>(move => Sender.Tell(new Text($"played {move.Value}")));
    }
}
