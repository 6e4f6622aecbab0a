using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>When handlers run at the same time or one after another, and what ends them.</summary>
public sealed class HandlerTests
{
    [Fact]
    public void A_handler_is_cancelled_with_its_ask() => Hears(async (mesh, a, b, peer) =>
    {
        using CancellationTokenSource source = new();
        Task<Text> ask = a.AskAsync<Text>(peer, new Text("?"), cancellationToken: source.Token);
        await DelayAsync(mesh, 1);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
    });

    [Fact]
    public void A_handler_is_cancelled_when_the_ask_times_out() => Hears(async (mesh, a, b, peer) =>
        Assert.Equal(AskFailure.TimedOut, (await Assert.ThrowsAsync<AskException>(() =>
            a.AskAsync<Text>(peer, new Text("?"), new() { Timeout = TimeSpan.FromSeconds(1) }))).Reason));

    [Fact]
    public void A_handler_is_cancelled_when_its_peer_is_gone() => Hears(async (mesh, a, b, peer) =>
    {
        Task<Text> ask = a.AskAsync<Text>(peer, new Text("?"));
        await DelayAsync(mesh, 1);
        Hostile.RestartTests.Fail(a, $"peer-{peer.ConnectionId}");
        await Hostile.RestartTests.EndsAsync(ask);
    });

    [Fact]
    public void A_notify_handler_is_cancelled_when_its_peer_is_gone() => Hears(async (mesh, a, b, peer) =>
    {
        await a.TellAsync(peer, new Text("!"));
        await DelayAsync(mesh, 1);
        Hostile.RestartTests.Fail(a, $"peer-{peer.ConnectionId}");
    });

    [Fact]
    public void A_handler_is_cancelled_when_its_node_stops() => Hears(async (mesh, a, b, peer) =>
    {
        Task<Text> ask = a.AskAsync<Text>(peer, new Text("?"));
        await DelayAsync(mesh, 1);
        await b.DisposeAsync();
        await Hostile.RestartTests.EndsAsync(ask);
    });

    [Fact]
    public void Asynchronous_handlers_of_all_peers_are_limited_and_fair()
    {
        VirtualMesh mesh = new();
        List<string> begun = [];
        Queue<TaskCompletionSource> running = [];
        int most = 0;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                "b", change: settings => settings with { MaxNodeHandlers = 2 },
                protocol: protocol => protocol.OnRequest<Text, Text>(async (request, _) =>
                {
                    begun.Add(request.Value);
                    TaskCompletionSource end = new();
                    running.Enqueue(end);
                    most = Math.Max(most, running.Count);
                    await end.Task;
                    return request;
                }));
            await using P2PNode greedy = await mesh.StartAsync("greedy");
            await using P2PNode modest = await mesh.StartAsync("modest");
            Peer fromGreedy = await greedy.ConnectAsync(b.ListenAddresses[0]);
            Peer fromModest = await modest.ConnectAsync(b.ListenAddresses[0]);

            List<Task<Text>> asks =
                [.. Enumerable.Range(0, 20).Select(i => greedy.AskAsync<Text>(fromGreedy, new Text($"g{i}")))];
            await DelayAsync(mesh, 1);
            asks.AddRange(Enumerable.Range(0, 3).Select(i => modest.AskAsync<Text>(fromModest, new Text($"m{i}"))));
            await DelayAsync(mesh, 1);
            while (running.TryDequeue(out TaskCompletionSource? end))
            {
                end.SetResult();
                await Task.Delay(TimeSpan.FromMilliseconds(1), mesh.World.TimeProvider);
            }

            await Task.WhenAll(asks);
        });

        Assert.Equal(2, most);
        Assert.Equal(23, begun.Count);

        // Seventeen requests of the greedy peer were queued before the first of the modest one, and yet the two
        // alternate.
        Assert.Equal(["g0", "g1", "g2", "m0", "g3", "m1", "g4", "m2", "g5"], begun.Take(9));
    }

    [Fact]
    public void A_slot_is_given_back_however_its_handler_ends()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                "b", change: settings => settings with { MaxNodeHandlers = 3 },
                protocol: protocol => protocol.OnRequest<Text, Text>(async (request, context) =>
                {
                    if (request.Value == "fail")
                    {
                        throw new RequestRefusedException(0x101, "no");
                    }

                    if (request.Value == "wait")
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, mesh.World.TimeProvider, context.CancellationToken);
                    }

                    return request;
                }));
            await using P2PNode a = await mesh.StartAsync("a");
            for (int i = 0; i < 5; i++)
            {
                Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
                await Assert.ThrowsAsync<AskException>(() => a.AskAsync<Text>(peer, new Text("fail")));
                Task<Text>[] waiting =
                    [.. Enumerable.Range(0, 6).Select(_ => a.AskAsync<Text>(peer, new Text("wait")))];
                await DelayAsync(mesh, 1);
                Hostile.RestartTests.Fail(a, $"peer-{peer.ConnectionId}");
                foreach (Task<Text> ask in waiting)
                {
                    await Hostile.RestartTests.EndsAsync(ask);
                }

                await DelayAsync(mesh, 1);
                Peer again = await a.ConnectAsync(b.ListenAddresses[0]);
                Text[] replies = await Task.WhenAll(
                    Enumerable.Range(0, 6).Select(_ => a.AskAsync<Text>(again, new Text("ok"))));
                Assert.Equal(6, replies.Length);
                _ = a.DisconnectAsync(again);
                await DelayAsync(mesh, 1);
            }
        });
    }

    [Fact]
    public void Inline_handlers_answer_and_take_in_the_order_of_arrival()
    {
        VirtualMesh mesh = new();
        List<string> taken = [];
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>(
                    (request, _) => request.Value == "fail" ? throw new RequestRefusedException(0x101, "no") : request,
                    HandlerExecution.Inline)
                .OnNotify<Text>((text, _) => taken.Add(text.Value), HandlerExecution.Inline));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            for (int i = 0; i < 10; i++)
            {
                await a.TellAsync(peer, new Text($"{i}"));
            }

            Assert.Equal("x", (await a.AskAsync<Text>(peer, new Text("x"))).Value);
            Assert.Equal(0x101,
                (int)(await Assert.ThrowsAsync<AskException>(
                    () => a.AskAsync<Text>(peer, new Text("fail")))).ErrorCode);
        });

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), taken);
    }

    [Fact]
    public void Inline_handlers_that_throw_are_answered()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            CancellationToken begun = default;
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>(
                    Text (_, _) => throw new InvalidOperationException("a fault"), HandlerExecution.Inline)
                .OnNotify<Text>(
                    (text, context) =>
                    {
                        begun = context.CancellationToken;
                        if (text.Value == "fail")
                        {
                            throw new InvalidOperationException("a fault");
                        }
                    },
                    HandlerExecution.Inline));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            Assert.Equal(
                RequestErrorCode.HandlerFailed,
                (await Assert.ThrowsAsync<AskException>(() => a.AskAsync<Text>(peer, new Text("x")))).ErrorCode);
            await a.TellAsync(peer, new Text("fail"));
            await a.TellAsync(peer, new Text("x"));
            await DelayAsync(mesh, 1);
            Assert.True(begun.CanBeCanceled);
            Assert.False(begun.IsCancellationRequested);

            _ = a.DisconnectAsync(peer);
            await DelayAsync(mesh, 1);
            Assert.True(begun.IsCancellationRequested);
        });
    }

    [Fact]
    public void A_high_message_does_not_wait_behind_busy_bulk_handlers()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            TaskCompletionSource release = new();
            await using P2PNode b = await mesh.StartAsync(
                "b", change: settings => settings with { MaxNodeHandlers = 1 },
                protocol: protocol => protocol
                    .OnRequest<Blob, Blob>(async (request, _) =>
                    {
                        await release.Task;
                        return request;
                    })
                    .OnRequest<Text, Text>((request, _) => request));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            Task<Blob>[] bulk =
                [.. Enumerable.Range(0, 5)
                    .Select(_ => a.AskAsync<Blob>(peer, new Blob([1]), new() { Lane = Lane.Bulk }))];
            Assert.Equal("x", (await a.AskAsync<Text>(peer, new Text("x"), new() { Lane = Lane.High })).Value);
            Assert.DoesNotContain(bulk, ask => ask.IsCompleted);
            release.SetResult();
            await Task.WhenAll(bulk);
        });
    }

    private static Task DelayAsync(VirtualMesh mesh, int seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), mesh.World.TimeProvider);

    /// <summary>
    /// Asserts that the token of a handler that waits for ever is cancelled by what the scenario does.
    /// </summary>
    private static void Hears(Func<VirtualMesh, P2PNode, P2PNode, Peer, Task> scenario)
    {
        VirtualMesh mesh = new();
        int heard = 0;
        int begun = 0;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>(async (request, context) =>
                {
                    await WaitAsync(context);
                    return request;
                })
                .OnNotify<Text>(async (_, context) => await WaitAsync(context)));
            await using P2PNode a = await mesh.StartAsync("a");
            await scenario(mesh, a, b, await a.ConnectAsync(b.ListenAddresses[0]));
            await DelayAsync(mesh, 10);
            Assert.Equal((1, 1), (begun, heard));
        });

        async Task WaitAsync(MessageContext context)
        {
            TaskCompletionSource ended = new();
            using CancellationTokenRegistration registration = context.CancellationToken.Register(() =>
            {
                heard++;
                ended.SetResult();
            });
            begun++;
            await ended.Task;
        }
    }
}
