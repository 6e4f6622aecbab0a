using ActorP2P.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

/// <summary>Peers' messages that lead to actors of the host, and to its services.</summary>
public sealed class RoutedNodeTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_request_is_routed_to_the_registered_actor()
    {
        using IHost host = Build(akka => akka
            .WithActors((system, registry) => registry.Register<Board>(system.ActorOf(Props.Create(() => new Board()))))
            .WithP2PNode("lobby", p2p => p2p
                .OnRequest<Text, Text>().RouteTo<Board>()
                .OnBroadcast<Text>((_, _) => Verdict.Accept)));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });

        Text reply = await client.AskAsync<Text>(lobby.ListenAddresses[0], new Text("e4")).WaitAsync(s_guard);

        Assert.Equal("played e4", reply.Value);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_registered_actor_says_who_is_admitted()
    {
        using IHost host = Build(akka => akka
            .WithActors((system, registry) => registry.Register<Board>(system.ActorOf(Props.Create(() => new Gate()))))
            .WithP2PNode("lobby", p2p => p2p.AdmitPeers().RouteTo<Board>().OnRequest<Text, Text>((text, _) => text)));
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        await using P2PNode chess = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null, UserAgent = "chess" });
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });

        await chess.AskAsync<Text>(lobby.ListenAddresses[0], new Text("e4")).WaitAsync(s_guard);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => other.ConnectAsync(lobby.ListenAddresses[0]).WaitAsync(s_guard));

        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_key_that_nobody_registered_stops_the_host()
    {
        using IHost host =
            Build(akka => akka.WithP2PNode("lobby", p2p => p2p.OnRequest<Text, Text>().RouteTo<Board>()));

        NodeStoppedException refusal = await Assert.ThrowsAsync<NodeStoppedException>(
            () => host.StartAsync().WaitAsync(s_guard));

        Assert.Contains(nameof(Board), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newly_registered_actor_replaces_one_that_ended()
    {
        using IHost host = Build(akka => akka
            .WithActors((system, registry) => registry.Register<Board>(system.ActorOf(Props.Create(() => new Board()))))
            .WithP2PNode("lobby", p2p => p2p.OnRequest<Text, Text>().RouteTo<Board>()));
        await host.StartAsync().WaitAsync(s_guard);
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        P2PNode lobby = P2P.Get(system)["lobby"];
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(lobby.ListenAddresses[0]).WaitAsync(s_guard);
        await ActorRegistry.For(system).Get<Board>().GracefulStop(s_guard);

        AskException gone = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Text("e4")).WaitAsync(s_guard));
        ActorRegistry.For(system).Register<Board>(system.ActorOf(Props.Create(() => new Board())), overwrite: true);
        Text reply = await client.AskAsync<Text>(peer, new Text("e5")).WaitAsync(s_guard);

        Assert.Equal(RequestErrorCode.HandlerFailed, gone.ErrorCode);
        Assert.Equal("played e5", reply.Value);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Theory]
    [InlineData(HandlerExecution.Queued)]
    [InlineData(HandlerExecution.Inline)]
    public async Task Each_message_has_a_scope_that_ends_with_its_handler(HandlerExecution execution)
    {
        Visits visits = new();
        using IHost host = Build(
            akka => akka.WithP2PNode("lobby", p2p => p2p.OnRequest<Text, Text>(
                (_, context) => new Text(
                    $"{context.Services.GetRequiredService<Visit>().Number}"
                    + $"{context.Services.GetRequiredService<Visit>().Number}"),
                execution)),
            services => services.AddSingleton(visits).AddScoped<Visit>());
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(lobby.ListenAddresses[0]).WaitAsync(s_guard);

        List<string> answers = [];
        for (int i = 0; i < 2; i++)
        {
            answers.Add((await client.AskAsync<Text>(peer, new Text("?")).WaitAsync(s_guard)).Value);
        }

        await visits.Ended.Task.WaitAsync(s_guard);
        Assert.Equal(["11", "22"], answers);
        await host.StopAsync().WaitAsync(s_guard);
    }

    [Fact]
    public async Task A_node_without_a_host_has_no_services()
    {
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
            .OnRequest<Text, Text>((_, context) => new Text($"{context.Services}")));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = server.Events();

        await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(server.ListenAddresses[0], new Text("?")).WaitAsync(s_guard));

        HandlerFailed failed = await events.ReadAsync<HandlerFailed>().AsTask().WaitAsync(s_guard);
        Assert.Contains(
            nameof(P2PNodeServices.Provider), Assert.IsType<InvalidOperationException>(failed.Exception).Message,
            StringComparison.Ordinal);
    }

    private static IHost Build(Action<AkkaConfigurationBuilder> akka, Action<IServiceCollection>? configure = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("host", (system, _) => akka(system));
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class Gate : ReceiveActor
    {
        public Gate() => Receive<Candidate>(candidate =>
            Sender.Tell(candidate.UserAgent == "chess" ? Admission.Admit : Admission.Refuse("no chess")));
    }

    private sealed class Board : ReceiveActor
    {
        public Board() => Receive<Text>(move => Sender.Tell(new Text($"played {move.Value}")));
    }

    private sealed class Visits
    {
        private int _begun;
        private int _ended;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Begin() => Interlocked.Increment(ref _begun);

        public void End()
        {
            if (Interlocked.Increment(ref _ended) == 2)
            {
                Ended.SetResult();
            }
        }
    }

    private sealed class Visit(Visits visits) : IDisposable
    {
        public int Number { get; } = visits.Begin();

        public void Dispose() => visits.End();
    }
}
