using ActorP2P.Protocol;
using ActorP2P.Tests.Actors;
using ActorP2P.Tests.Transports;

namespace ActorP2P.Tests;

/// <summary>Actors of two hosts that talk through their nodes.</summary>
[Collection(SocketsCollection.Name)]
public sealed class ActorsOverLoopbackTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(30);

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Actors_of_two_hosts_ask_tell_and_watch(TransportKind kind)
    {
        using ActorSystem far = ActorSystem.Create("far");
        using ActorSystem near = ActorSystem.Create("near");
        TaskCompletionSource<object> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<object> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IActorRef board = Hearer.In(far, [], (message, context) =>
        {
            if (message is Question question)
            {
                context.Sender.Tell(new Text($"echo {question.Value}"));
            }
            else
            {
                told.TrySetResult(message);
            }
        });
        IActorRef watcher = Hearer.In(near, [], (message, context) =>
        {
            if (message is IActorRef watched)
            {
                context.Watch(watched);
                context.Sender.Tell(watched);
            }
            else
            {
                ended.TrySetResult(message);
            }
        });
        P2PNodeOptions options = new() { Transport = kind };
        await using P2PNode server = await P2PNode.StartAsync(
            options,
            protocol => protocol.OnRequest<Question, Text>().RouteTo(board).OnNotify<Blob>().RouteTo(board),
            new P2PNodeServices { ActorSystem = far });
        IActorRef owner = near.ActorOf(
            P2PNode.Props(options with { Listen = null }, protocol => protocol.UseMessage<Text>()), "p2p");

        Peer peer = (await owner.Ask<P2P.Connected>(new P2P.Connect(server.ListenAddresses[0])).WaitAsync(s_guard))
            .Peer;
        await watcher.Ask<IActorRef>(peer.Ref).WaitAsync(s_guard);
        Text answer = await peer.Ref.Ask<Text>(new Question("why")).WaitAsync(s_guard);
        peer.Ref.Tell(new Blob([7]), ActorRefs.NoSender);
        Blob blob = Assert.IsType<Blob>(await told.Task.WaitAsync(s_guard));
        near.Stop(owner);

        Assert.Equal("echo why", answer.Value);
        Assert.Equal([7], blob.Bytes);
        Assert.Equal(peer.Ref, Assert.IsType<Terminated>(await ended.Task.WaitAsync(s_guard)).ActorRef);
    }
}
