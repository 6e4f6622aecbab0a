using ActorP2P.Protocol;
using Akka.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Hosting.TestKit.Tests;

/// <summary>A host with a node, tested as users of Akka.Hosting.TestKit test their hosts.</summary>
public sealed class LobbyTests(ITestOutputHelper output) : Akka.Hosting.TestKit.TestKit(nameof(LobbyTests), output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private P2PNode Lobby => Host.Services.GetRequiredService<P2PNode>();

    protected override void ConfigureServices(
        Microsoft.Extensions.Hosting.HostBuilderContext context, IServiceCollection services) => services.AddP2PNodes();

    protected override void ConfigureAkka(AkkaConfigurationBuilder builder, IServiceProvider provider) => builder
        .WithActors(static (system, registry) => registry.Register<Board>(
            system.ActorOf(Props.Create<Board>(), "board")))
        .WithP2PNode("lobby", static p2p => p2p
            .OnRequest<Text, Text>().RouteTo<Board>()
            .OnNotify<Text>().RouteTo<Board>());

    [Fact]
    public async Task A_request_of_a_peer_is_answered_by_the_actor()
    {
        await using P2PNode client = await StartClientAsync();

        Text answer = await client.AskAsync<Text>(
            Lobby.ListenAddresses[0], new Text("e4"), cancellationToken: Cancellation);

        Assert.Equal("after e4", answer.Value);
    }

    [Fact]
    public async Task A_probe_stands_in_for_the_actor()
    {
        TestProbe board = CreateTestProbe();
        ActorRegistry.Register<Board>(board, overwrite: true);
        await using P2PNode client = await StartClientAsync();
        Peer lobby = await client.ConnectAsync(Lobby.ListenAddresses[0], Cancellation);

        Task<Text> answer = client.AskAsync<Text>(lobby, new Text("e4"), cancellationToken: Cancellation);
        Assert.Equal("e4", (await board.ExpectMsgAsync<Text>(cancellationToken: Cancellation)).Value);
        board.Reply(new Text("from the probe"));
        Assert.Equal("from the probe", (await answer).Value);

        await client.TellAsync(lobby, new Text("bye"), cancellationToken: Cancellation);
        await board.ExpectMsgAsync<Text>(static text => text.Value == "bye", cancellationToken: Cancellation);
        Assert.Equal(Lobby.Peers[0].Ref, board.LastSender);
    }

    [Fact]
    public async Task The_test_actor_hears_the_events_of_the_node()
    {
        IActorRef manager = await Host.Services.GetRequiredService<IRequiredActor<P2PNodeKey>>().GetAsync(Cancellation);
        manager.Tell(new P2P.Subscribe(TestActor), TestActor);
        await ExpectMsgAsync<P2P.Subscribed>(cancellationToken: Cancellation);

        P2PNode client = await StartClientAsync();
        await client.ConnectAsync(Lobby.ListenAddresses[0], Cancellation);
        PeerConnected connected = await ExpectMsgAsync<PeerConnected>(cancellationToken: Cancellation);
        Watch(connected.Peer.Ref);
        await client.DisposeAsync();

        Assert.Equal("lobby", connected.NodeName);
        await FishForMessageAsync<PeerDisconnected>(static _ => true, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task The_end_of_a_peer_ends_what_watches_it()
    {
        P2PNode client = await StartClientAsync();
        using NodeEvents events = Lobby.Events();
        await client.ConnectAsync(Lobby.ListenAddresses[0], Cancellation);
        PeerConnected connected = await events.ReadAsync<PeerConnected>(cancellationToken: Cancellation);

        Watch(connected.Peer.Ref);
        await client.DisposeAsync();

        await ExpectTerminatedAsync(connected.Peer.Ref, cancellationToken: Cancellation);
    }

    private static Task<P2PNode> StartClientAsync() => P2PNode.StartAsync(
        new P2PNodeOptions { Listen = null },
        static protocol => protocol.UseMessage<Text>(),
        cancellationToken: Cancellation);

    private sealed class Board : ReceiveActor
    {
        public Board() => Receive<Text>(move => Sender.Tell(new Text($"after {move.Value}")));
    }
}
