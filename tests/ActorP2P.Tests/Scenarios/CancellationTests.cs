using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class CancellationTests
{
    [Fact]
    public void A_token_that_may_cancel_keeps_the_caller_on_its_scheduler()
    {
        int heard = 0;
        ClientAndServer.Of(
            protocol => protocol.OnRequest<Text, Text>((text, _) => text).OnNotify<Text>((_, _) => heard++))
                .Run(async cluster =>
        {
            using CancellationTokenSource source = new();
            SynchronizationContext? context = SynchronizationContext.Current;
            int thread = Environment.CurrentManagedThreadId;
            P2PNode a = cluster["client"].Node;

            Peer peer = await a.ConnectAsync(cluster["server"].Address, source.Token);
            RequireSame();
            await a.AskAsync<Text>(peer, new Text("?"), cancellationToken: source.Token);
            RequireSame();
            await a.BroadcastAsync(new Text("!"), cancellationToken: source.Token);
            RequireSame();

            // This is more than the send queue holds, so that some of them wait.
            for (int i = 0; i < 30; i++)
            {
                await a.TellAsync(peer, new Text(new string('.', 100_000)), cancellationToken: source.Token);
                RequireSame();
            }

            void RequireSame()
            {
                Assert.Same(context, SynchronizationContext.Current);
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }
        });

        Assert.Equal(30, heard);
    }

    [Fact]
    public void A_tell_that_waits_for_room_can_be_given_up()
    {
        ClientAndServer.Of(protocol => protocol.OnNotify<Text>((_, _) => { })).Run(async cluster =>
        {
            (P2PNode a, _, Peer peer) = await ClientAndServer.ConnectAsync(cluster);
            using CancellationTokenSource source = new();

            Task last = Task.CompletedTask;
            while (last.IsCompleted)
            {
                last = a.TellAsync(peer, new Text(new string('.', 100_000)), cancellationToken: source.Token);
            }

            source.Cancel();
            OperationCanceledException given = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
            Assert.Equal(source.Token, given.CancellationToken);
        });
    }

    [Fact]
    public void A_cancelled_connect_ends_at_once_and_another_continues()
    {
        ClientAndServer.Of().Run(async cluster =>
        {
            P2PNode a = cluster["client"].Node;
            using CancellationTokenSource source = new();
            PeerAddress nobody = new("nobody", 1);
            Task<Peer> connect = a.ConnectAsync(nobody, CancellationToken.None);
            Task<Peer> given = a.ConnectAsync(nobody, source.Token);
            source.Cancel();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
            await Assert.ThrowsAsync<ConnectException>(() => connect);
        });
    }
}
