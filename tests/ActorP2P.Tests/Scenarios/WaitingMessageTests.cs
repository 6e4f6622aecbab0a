using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>Messages that wait until they are of no use any more.</summary>
public sealed class WaitingMessageTests
{
    private static readonly SendOptions Second = new() { Expiry = TimeSpan.FromSeconds(1) };

    [Fact]
    public void A_request_that_expires_before_its_handler_is_answered_so()
    {
        VirtualMesh mesh = new();
        List<string> begun = [];
        mesh.Run(async () =>
        {
            TaskCompletionSource release = new();
            await using P2PNode b = await mesh.StartAsync(
                "b", change: settings => settings with { MaxNodeHandlers = 1 },
                protocol: protocol => protocol.OnRequest<Text, Text>(async (request, _) =>
                {
                    begun.Add(request.Value);
                    await release.Task;
                    return request;
                }));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            Task<Text> first = a.AskAsync<Text>(peer, new Text("first"), Second);
            Task<Text> late = a.AskAsync<Text>(peer, new Text("late"), Second);
            Task<Text> patient = a.AskAsync<Text>(peer, new Text("patient"));
            await DelayAsync(mesh, 2);
            release.SetResult();

            Assert.Equal("first", (await first).Value);
            AskException failure = await Assert.ThrowsAsync<AskException>(() => late);
            Assert.Equal((AskFailure.Expired, RequestErrorCode.Expired), (failure.Reason, failure.ErrorCode));
            Assert.Equal("patient", (await patient).Value);
            Assert.Equal(1, b.Statistics.ExpiredMessages);
        });

        Assert.Equal(["first", "patient"], begun);
    }

    [Fact]
    public void A_message_that_expires_in_its_lane_is_not_sent()
    {
        VirtualMesh mesh = new();
        List<int> taken = [];
        mesh.Run(async () =>
        {
            TaskCompletionSource release = new();
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>((request, _) => request)
                .OnNotify<Blob>(async (blob, _) =>
                {
                    taken.Add(blob.Bytes.Length);
                    await release.Task;
                }));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);

            // The window is used up, so the following messages are queued in the lane.
            for (int i = 0; i < 6; i++)
            {
                await a.TellAsync(peer, new Blob(new byte[50_000]));
            }

            Assert.Equal(SendResult.Accepted, a.TryTell(peer, new Blob([1]), Second));
            await a.TellAsync(peer, new Blob([1, 2]));
            await DelayAsync(mesh, 2);
            release.SetResult();
            await a.AskAsync<Text>(peer, new Text("?"));
            await DelayAsync(mesh, 1);
            Assert.Equal(1, a.Statistics.ExpiredMessages);
        });

        Assert.Equal([50_000, 50_000, 50_000, 50_000, 50_000, 50_000, 2], taken);
    }

    [Fact]
    public void A_request_without_credit_fails_when_it_expires()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            TaskCompletionSource release = new();
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Blob, Blob>(async (_, _) =>
                {
                    await release.Task;
                    return new Blob([]);
                })
                .OnNotify<Text>((_, _) => { }));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            Task<Blob>[] first =
                [.. Enumerable.Range(0, 5).Select(_ => a.AskAsync<Blob>(peer, new Blob(new byte[50_000])))];
            Task<Blob> late = a.AskAsync<Blob>(peer, new Blob(new byte[20_000]), Second);
            await DelayAsync(mesh, 2);
            await a.TellAsync(peer, new Text("any turn will do"));

            AskException failure = await Assert.ThrowsAsync<AskException>(() => late);
            Assert.Equal((AskFailure.Expired, default(RequestErrorCode)), (failure.Reason, failure.ErrorCode));
            release.SetResult();
            await Task.WhenAll(first);
        });
    }

    [Fact]
    public void A_tell_without_room_fails_when_it_expires()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            TaskCompletionSource release = new();
            await using P2PNode b = await mesh.StartAsync(
                "b", protocol => protocol.OnNotify<Blob>(async (_, _) => await release.Task));
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            while (a.TryTell(peer, new Blob(new byte[50_000])) == SendResult.Accepted)
            {
            }

            Assert.Equal(SendResult.QueueFull, a.TryTell(peer, new Blob([1])));
            TimeSpan start = mesh.World.Now;
            Task waiting = a.TellAsync(peer, new Blob([1]), Second);

            Assert.Equal(SendFailure.Expired, (await Assert.ThrowsAsync<SendException>(() => waiting)).Reason);
            Assert.InRange(mesh.World.Now - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
            release.SetResult();
        });
    }

    [Fact]
    public void Options_that_cannot_be_sent_are_refused()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b");
            await using P2PNode a = await mesh.StartAsync("a");
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            foreach (SendOptions options in (SendOptions[])
                [new() { Lane = Lane.Control }, new() { Expiry = TimeSpan.Zero },
                    new() { Expiry = TimeSpan.FromDays(50) }])
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => a.TryTell(peer, new Text("x"), options));
            }
        });
    }

    private static Task DelayAsync(VirtualMesh mesh, int seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), mesh.World.TimeProvider);
}
