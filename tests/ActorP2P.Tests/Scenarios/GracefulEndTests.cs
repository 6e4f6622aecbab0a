using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class GracefulEndTests
{
    [Fact]
    public void A_node_that_stops_answers_sends_and_accepts_no_more()
    {
        VirtualMesh mesh = new();
        int taken = 0;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                "b", protocol => protocol.OnRequest<Text, Text>(async (request, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(2), mesh.World.TimeProvider);
                return request;
            }));
            await using P2PNode a = await mesh.StartAsync("a", protocol => protocol.OnNotify<Blob>((_, _) => taken++));
            using NodeEvents atA = a.Events();
            using NodeEvents atB = b.Events();
            Peer toB = await a.ConnectAsync(b.ListenAddresses[0]);
            Peer toA = (await atB.ReadAsync<PeerConnected>()).Peer;
            Task<Text>[] asks = [.. Enumerable.Range(0, 20).Select(i => a.AskAsync<Text>(toB, new Text($"{i}")))];
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            for (int i = 0; i < 20; i++)
            {
                // This is far more than the window: most of it is still queued when the goodbye is sent.
                Assert.Equal(SendResult.Accepted, b.TryTell(toA, new Blob(new byte[50_000])));
            }

            Task stopping = b.DisposeAsync().AsTask();
            await atA.ReadAsync<PeerDisconnected>(
                gone => gone.End is { Reason: DisconnectReason.ShuttingDown, Side: DisconnectSide.Remote });
            await stopping;

            Assert.Equal(
                Enumerable.Range(0, 20).Select(i => $"{i}"), (await Task.WhenAll(asks)).Select(reply => reply.Value));
            Disconnect end = (await atB.ReadAsync<PeerDisconnected>()).End;
            Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Local), (end.Reason, end.Side));
            await Assert.ThrowsAsync<ConnectException>(() => a.ConnectAsync(toB.Address));
        });

        Assert.Equal(20, taken);
    }

    [Fact]
    public void A_request_with_the_hello_is_answered_by_a_stopping_node()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            TaskCompletionSource began = new();
            TaskCompletionSource answer = new();
            await using P2PNode b = await mesh.StartAsync(
                "b", protocol => protocol.OnRequest<Text, Text>(async (request, _) =>
            {
                began.SetResult();
                await answer.Task;
                return request;
            }));
            await using P2PNode a = await mesh.StartAsync("a");
            Task<Text> ask = a.AskAsync<Text>(b.ListenAddresses[0], new Text("?"));
            await began.Task;

            // The Ready frame of the asking side is still under way for one latency.
            Assert.Empty(b.Peers);
            Task stopping = b.DisposeAsync().AsTask();
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            answer.SetResult();

            Assert.Equal("?", (await ask).Value);
            await stopping;
        });
    }

    [Fact]
    public void A_node_that_stops_waits_no_longer_than_its_deadline()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>((_, _) => new ValueTask<Text>(new TaskCompletionSource<Text>().Task)));
            await using P2PNode a = await mesh.StartAsync("a");
            Task<Text> ask = a.AskAsync<Text>(await a.ConnectAsync(b.ListenAddresses[0]), new Text("?"));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            TimeSpan start = mesh.World.Now;

            await b.DisposeAsync();

            Assert.InRange(mesh.World.Now - start, TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5.1));
            Assert.Equal(AskFailure.Disconnected, (await Assert.ThrowsAsync<AskException>(() => ask)).Reason);
        });
    }
}
