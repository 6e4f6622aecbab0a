using ActorP2P.Tests.Actors;

namespace ActorP2P.Tests.Streams;

/// <summary>Streams that are routed to actors, and streams that actors open.</summary>
public sealed class StreamActorTests
{
    private const string Keeper = "/user/keeper";

    [Fact]
    public void An_actor_handles_the_streams_of_peers() => Run(
        system => system.ActorOf(Props.Create<BytesActor>(), "keeper"),
        protocol => protocol.OnStream<GetBytes>().RouteTo(Keeper),
        async (client, _, peer) =>
        {
            for (int i = 1; i <= 3; i++)
            {
                await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(i * 100_000));
                Assert.Equal(StreamBytes.Of(i * 100_000), await stream.ReadAllAsync());
            }
        });

    [Fact]
    public void An_actor_may_keep_a_stream_longer_than_a_request() => Run(
        system => Hearer.In(system, [], (message, context) =>
        {
            if (message is P2P.StreamReceived)
            {
                context.System.Scheduler.ScheduleTellOnce(
                    TimeSpan.FromMinutes(5), context.Sender, P2P.StreamHandled.Instance, context.Self);
            }
        }, "keeper"),
        protocol => protocol.OnStream<GetBytes>().RouteTo(Keeper),
        async (client, _, peer) =>
        {
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(1));
            Assert.Empty(await stream.ReadAllAsync());
        });

    [Fact]
    public void An_actor_that_ends_resets_its_stream() =>
        Resets(RouteFailure.ActorEnded, (_, context) => context.Stop(context.Self));

    [Fact]
    public void Another_answer_resets_the_stream() =>
        Resets(RouteFailure.UnexpectedAnswer, (_, context) => context.Sender.Tell("done"));

    [Fact]
    public void A_time_limit_of_the_route_resets_the_stream() => Resets(RouteFailure.TimedOut, (_, _) => { });

    [Fact]
    public void An_actor_refuses_a_stream_by_a_failure() => Run(
        system => Hearer.In(system, [], (_, context) => context.Sender.Tell(
            new Status.Failure(new RequestRefusedException(0x123, "not today"))), "keeper"),
        protocol => protocol.OnStream<GetBytes>().RouteTo(Keeper),
        async (client, _, peer) =>
        {
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(1));
            PeerStreamException refusal = await StreamBytes.FailureAsync(() => stream.ReadAllAsync());
            Assert.Equal((RequestErrorCode)0x123, refusal.ErrorCode);
        });

    [Fact]
    public void An_actor_opens_a_stream_by_a_message() => Run(
        _ => { },
        protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync),
        async (client, _, peer) =>
        {
            P2P.StreamOpened opened = await client.Manager.Ask<P2P.StreamOpened>(
                new P2P.OpenStream(peer, new GetBytes(70_000)), Timeout.InfiniteTimeSpan);
            await using PeerStream stream = opened.Stream;
            Assert.Equal(StreamBytes.Of(70_000), await stream.ReadAllAsync());
        });

    [Fact]
    public void A_stream_to_a_peer_that_has_left_fails_typed() => Run(
        _ => { },
        protocol => protocol.OnStream<GetBytes>(StreamBytes.SendAsync),
        async (client, _, peer) =>
        {
            await client.DisconnectAsync(peer);
            PeerStreamException refusal = await Assert.ThrowsAsync<PeerStreamException>(
                () => client.Manager.Ask<P2P.StreamOpened>(
                    new P2P.OpenStream(peer, new GetBytes(1)), Timeout.InfiniteTimeSpan));
            Assert.Equal(StreamFailure.NotConnected, refusal.Reason);
            FileNotFoundException missing = await Assert.ThrowsAsync<FileNotFoundException>(
                () => client.Manager.Ask<FileSent>(
                    new P2P.SendFile(peer, Path.Combine(Path.GetTempPath(), "no such file")),
                    Timeout.InfiniteTimeSpan));
            Assert.Contains("no such file", missing.Message, StringComparison.Ordinal);
        });

    private static void Resets(RouteFailure reason, Action<object, IActorContext> keeper) => Run(
        system => Hearer.In(system, [], keeper, "keeper"),
        protocol => protocol.OnStream<GetBytes>().Within(TimeSpan.FromSeconds(1)).RouteTo(Keeper),
        async (client, server, peer) =>
        {
            using NodeEvents events = server.Events();
            await using PeerStream stream = await client.OpenStreamAsync(peer, new GetBytes(1));
            PeerStreamException reset = await StreamBytes.FailureAsync(() => stream.ReadAllAsync());

            Assert.Equal(RequestErrorCode.HandlerFailed, reset.ErrorCode);
            HandlerFailed failed = await events.ReadAsync<HandlerFailed>();
            Assert.Equal(reason, Assert.IsType<RouteException>(failed.Exception).Reason);
        });

    private static void Run(
        Action<ActorSystem> prepare, Action<ProtocolBuilder> protocol, Func<P2PNode, P2PNode, Peer, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol, prepare: prepare);
            await using P2PNode client = await mesh.StartAsync("client");
            await scenario(client, server, await client.ConnectAsync(server.ListenAddresses[0]));
        });
    }

    private sealed class BytesActor : ReceiveActor
    {
        public BytesActor() => ReceiveAsync<P2P.StreamReceived>(async opened =>
        {
            await opened.Stream.WriteAsync(StreamBytes.Of(((GetBytes)opened.Request).Count));
            Sender.Tell(P2P.StreamHandled.Instance);
        });
    }
}
