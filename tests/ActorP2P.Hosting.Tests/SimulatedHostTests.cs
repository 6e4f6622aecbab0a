using ActorP2P.Determinism;
using ActorP2P.Simulation;
using ActorP2P.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>
/// The same host, with its actor system, its registry and its nodes, over sockets and in the simulation.
/// </summary>
public sealed class SimulatedHostTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_host_runs_over_sockets()
    {
        using IHost chess = Build(AddChess);
        using IHost visitor = Build(AddVisitor);
        await chess.StartAsync().WaitAsync(s_guard);
        await visitor.StartAsync().WaitAsync(s_guard);

        Assert.Equal("played e4, white won", await VisitAsync(chess, visitor).WaitAsync(s_guard));

        await visitor.StopAsync().WaitAsync(s_guard);
        await chess.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public void The_same_host_runs_in_the_simulation() =>
        Assert.Equal("played e4, white won", Play(seed: 1).Said);

    [Fact]
    public void A_seed_repeats_the_run_of_a_host()
    {
        Assert.Equal(Play(seed: 7), Play(seed: 7));
        Assert.NotEqual(Play(seed: 7).Hash, Play(seed: 8).Hash);
    }

    [Fact]
    public void A_host_that_stops_says_goodbye_in_virtual_time()
    {
        SimulatedWorld world = New(seed: 2);
        SimulatedNetwork network = new(world);
        Disconnect end = world.Run(
            async () =>
            {
                using IHost chess = Build(services => AddChess(services).UseSimulation(world, network, "chess", 0));
                using IHost visitor = Build(
                    services => AddVisitor(services).UseSimulation(world, network, "visitor", 1));
                await chess.StartAsync();
                await visitor.StartAsync();
                P2PNode node = visitor.Services.GetRequiredService<P2PNode>();
                using NodeEvents events = node.Events();
                await node.ConnectAsync(LobbyOf(chess).ListenAddresses[0]);
                await chess.StopAsync();
                return (await events.ReadAsync<PeerDisconnected>()).End;
            },
            s_limit);

        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.Reason, end.Side));
    }

    [Fact]
    public void Two_nodes_of_a_simulated_host_have_their_own_ids()
    {
        SimulatedWorld world = New(seed: 3);
        SimulatedNetwork network = new(world);
        Text reply = world.Run(
            async () =>
            {
                using IHost host = Build(services => services
                    .AddActorP2P("one", node => node.WithProtocol(Echo))
                    .AddActorP2P("two", node => node.WithProtocol(Echo))
                    .UseSimulation(world, network, "host", 0));
                await host.StartAsync();
                P2PNode one = host.Services.GetRequiredKeyedService<P2PNode>("one");
                P2PNode two = host.Services.GetRequiredKeyedService<P2PNode>("two");
                Assert.NotEqual(one.Id, two.Id);
                Text echo = await one.AskAsync<Text>(two.ListenAddresses[0], new Text("here"));
                await host.StopAsync();
                return echo;
            },
            s_limit);

        Assert.Equal("here", reply.Value);
    }

    [Fact]
    public void A_clustered_host_is_refused_in_the_simulation()
    {
        SimulatedWorld world = New(seed: 4);
        using IHost host = Build(services => services
            .AddAkka("chess", akka => akka.WithActorRefProvider(ProviderSelection.Local.Instance))
            .UseSimulation(world, new SimulatedNetwork(world), "chess", 0));

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(
            () => world.Run(() => Task.FromResult(host.Services.GetRequiredService<ActorSystem>()), s_limit));

        Assert.Contains("its provider is LocalActorRefProvider", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_needs_a_world_with_all_redirects()
    {
        SimulatedWorld world = new(5, new SimulationOptions { Redirects = SimulationRedirects.Tasks });

        ArgumentException refused = Assert.Throws<ArgumentException>(
            () => new ServiceCollection().UseSimulation(world, new SimulatedNetwork(world), "chess", 0));

        Assert.StartsWith("Redirects of the world is Tasks; allowed for a host: All.", refused.Message,
            StringComparison.Ordinal);
    }

    private static IServiceCollection AddChess(IServiceCollection services) => services
        .AddAkka("chess", akka => akka
            .WithActors((system, registry) => registry.Register<Board>(
                system.ActorOf(Props.Create(() => new Board()))))
            .WithP2PNode("lobby", p2p => p2p
                .OnRequest<Text, Text>().RouteTo<Board>()
                .OnBroadcast<Text>((_, _) => Verdict.Accept)));

    private static IServiceCollection AddVisitor(IServiceCollection services)
    {
        TaskCompletionSource<string> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return services.AddSingleton(heard.Task).AddActorP2P(node => node
            .WithOptions(options => options with { Listen = null })
            .WithProtocol(p2p => p2p.OnBroadcast<Text>(
                (news, _) => heard.TrySetResult(news.Value) ? Verdict.Accept : Verdict.Ignore)));
    }

    private static void Echo(ProtocolBuilder protocol) => protocol.OnRequest<Text, Text>((text, _) => text);

    private static IHost Build(Func<IServiceCollection, IServiceCollection> add)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services);
        return builder.Build();
    }

    private static P2PNode LobbyOf(IHost chess) =>
        P2P.Get(chess.Services.GetRequiredService<ActorSystem>())["lobby"];

    private static async Task<string> VisitAsync(IHost chess, IHost visitor)
    {
        P2PNode lobby = LobbyOf(chess);
        using NodeEvents events = lobby.Events();
        Text reply = await visitor.Services.GetRequiredService<P2PNode>().AskAsync<Text>(
            lobby.ListenAddresses[0], new Text("e4"));
        await events.ReadAsync<PeerConnected>();
        await lobby.BroadcastAsync(new Text("white won"));
        return $"{reply.Value}, {await visitor.Services.GetRequiredService<Task<string>>()}";
    }

    private static SimulatedWorld New(ulong seed) =>
        new(seed, new SimulationOptions { Shuffle = true, Redirects = SimulationRedirects.All });

    private static (string Said, ulong Hash) Play(ulong seed)
    {
        SimulatedWorld world = New(seed);
        SimulatedNetwork network = new(world);
        string said = world.Run(
            async () =>
            {
                using IHost chess = Build(services => AddChess(services).UseSimulation(world, network, "chess", 0));
                using IHost visitor = Build(
                    services => AddVisitor(services).UseSimulation(world, network, "visitor", 1));
                await chess.StartAsync();
                await visitor.StartAsync();
                string result = await VisitAsync(chess, visitor);
                await visitor.StopAsync();
                await chess.StopAsync();
                return result;
            },
            s_limit);
        return (said, world.TraceHash);
    }

    private sealed class Board : ReceiveActor
    {
        public Board() => Receive<Text>(move => Sender.Tell(new Text($"played {move.Value}")));
    }
}
