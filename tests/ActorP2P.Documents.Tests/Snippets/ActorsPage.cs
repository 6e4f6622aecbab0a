using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorP2P.Hosting;
using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Documents.Tests.Snippets;

/// <summary>The code of <c>docs/actors.md</c>, which runs here.</summary>
public sealed class ActorsPage
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_hosts_run_their_nodes()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);

        // snippet: a host
        builder.Services.AddAkka("chess", akka => akka
            .WithActors((system, registry) => registry.Register<Board>(system.ActorOf(Props.Create<Board>(), "board")))
            .WithP2PNode("lobby", p2p => p2p
                .OnRequest<Move, Position>().RouteTo<Board>()
                .OnBroadcast<News>(Judge)));
        // end
        builder.Services.AddP2PNodes();
        using IHost host = builder.Build();
        await host.StartAsync().WaitAsync(s_guard);
        P2PNode lobby = host.Services.GetRequiredService<P2PNode>();
        PeerAddress address = lobby.ListenAddresses[0];
        using ActorSystem system = ActorSystem.Create("player");
        TaskCompletionSource<string> played = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<string> left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // snippet: an owner
        IActorRef p2p = system.ActorOf(
            P2PNode.Props(new P2PNodeOptions { Listen = null }, protocol => protocol.UseMessage<Position>()), "p2p");
        IActorRef player = system.ActorOf(
            Props.Create(() => new Player(p2p, address, played.SetResult, left.SetResult)), "player");
        // end

        Assert.Equal("after e4", await played.Task.WaitAsync(s_guard));
        Peer peer = Assert.Single((await p2p.Ask<P2P.ReadyPeers>(P2P.GetPeers.Instance).WaitAsync(s_guard)).Peers);

        // snippet: an ask
        Position position = await peer.Ref.Ask<Position>(new Move("e5"));
        // end
        Assert.Equal("after e5", position.Text);
        TaskCompletionSource<string> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Correspondent(p2p, address, answered.SetResult)), "correspondent");
        Assert.Equal("after e4", await answered.Task.WaitAsync(s_guard));
        Assert.Equal(
            1, (await p2p.Ask<P2P.BroadcastSent>(new P2P.Broadcast(new News("mate"))).WaitAsync(s_guard)).Peers);
        await host.StopAsync().WaitAsync(s_guard);
        Assert.Equal("the far end has left", await left.Task.WaitAsync(s_guard));
        Assert.False(player.IsNobody());
    }

    private static Verdict Judge(News news, BroadcastContext context) =>
        news.Text.Length < 80 ? Verdict.Accept : Verdict.Reject;

    // snippet: a board
    private sealed class Board : ReceiveActor
    {
        public Board() => Receive<Move>(move => Sender.Tell(new Position($"after {move.Text}")));
    }
    // end

    [Fact]
    public async Task A_routed_actor_goes_on_with_the_trace()
    {
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is "ActorP2P" or "Chess" or "Documents",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        TaskCompletionSource<Activity> moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ActivitySource documents = new("Documents");
        listener.ActivityStopped = span => _ = span.DisplayName == "move" && moved.TrySetResult(span);
        ActivitySource.AddActivityListener(listener);
        using ActorSystem system = ActorSystem.Create("traced");
        await using P2PNode node = await P2PNode.StartAsync(
            new P2PNodeOptions(),
            protocol => protocol.OnRequest<Move, Position>()
                .RouteTo(system.ActorOf(Props.Create<TracedBoard>(), "board")),
            new P2PNodeServices { ActorSystem = system });
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using Activity caller = documents.StartActivity("caller")!;

        await client.AskAsync<Position>(node.ListenAddresses[0], new Move("e4")).WaitAsync(s_guard);

        Activity move = await moved.Task.WaitAsync(s_guard);
        Assert.Equal(caller.TraceId, move.TraceId);
        Assert.NotEqual(caller.SpanId, move.ParentSpanId);
    }

    // snippet: a traced board
    private sealed class TracedBoard : ReceiveActor
    {
        private static readonly ActivitySource s_source = new("Chess");

        public TracedBoard() => Receive<Move>(move =>
        {
            using Activity? span = s_source.StartActivity("move", ActivityKind.Internal, P2P.TraceOf(Sender));
            Sender.Tell(new Position($"after {move.Text}"));
        });
    }
    // end

    // snippet: a player
    private sealed class Player : ReceiveActor
    {
        public Player(IActorRef p2p, PeerAddress address, Action<string> played, Action<string> left)
        {
            Receive<P2P.Connected>(connected =>
            {
                Context.Watch(connected.Peer.Ref);
                connected.Peer.Ref.Tell(new Move("e4"));
            });
            Receive<Position>(position => played(position.Text));
            Receive<Status.Failure>(failure => Context.GetLogger().Warning(failure.Cause, "No game"));
            Receive<Terminated>(_ => left("the far end has left"));
            p2p.Tell(new P2P.Connect(address));
        }
    }
    // end

    // snippet: an actor with a handle
    private sealed class Correspondent : ReceiveActor
    {
        public Correspondent(IActorRef p2p, PeerAddress address, Action<string> answered)
        {
            Receive<P2P.HandleOpened>(opened =>
            {
                Context.Watch(opened.Handle.Ref);
                opened.Handle.Ref.Tell(new Move("e4"));
            });
            Receive<Position>(position => answered(position.Text));
            Receive<Status.Failure>(failure => Context.GetLogger().Warning(failure.Cause, "No answer"));
            Receive<Terminated>(_ => Context.Stop(Self));
            p2p.Tell(new P2P.OpenHandle(address));
        }
    }
    // end

    private sealed record Move(string Text) : IMessage<Move>, IRequest<Position>
    {
        public static ushort TypeCode => 0x0201;

        public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Text, writer);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Move message)
        {
            message = new Move(Encoding.UTF8.GetString(payload));
            return true;
        }
    }

    private sealed record Position(string Text) : IMessage<Position>
    {
        public static ushort TypeCode => 0x0202;

        public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Text, writer);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Position message)
        {
            message = new Position(Encoding.UTF8.GetString(payload));
            return true;
        }
    }

    private sealed record News(string Text) : IMessage<News>
    {
        public static ushort TypeCode => 0x0203;

        public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Text, writer);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out News message)
        {
            message = new News(Encoding.UTF8.GetString(payload));
            return true;
        }
    }
}
