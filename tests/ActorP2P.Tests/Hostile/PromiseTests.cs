using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// The promises of a node about any peer, with one test for each promise. The tables of promises name further tests.
/// </summary>
public sealed class PromiseTests
{
    private const int Piece = 60_000;

    [Fact]
    public Task Memory_for_a_peer_is_bounded_both_ways() => Arena.RunAsync(Network.Memory, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        for (ulong id = 1; id <= 4; id++)
        {
            await raw.SendAsync(RawPeer.Frame(FrameKind.Request, new byte[Piece], RawPeer.Normal, Blob.TypeCode, id));
        }

        SendResult last = SendResult.Accepted;
        for (int i = 0; i < 200; i++)
        {
            last = arena.Node.TryTell(peer, new Blob(new byte[Piece]));
            await arena.AssertHonestIsServedAsync();
        }

        // Both are full: the peer's window for requests, and the send queue with the message that exceeded the bound.
        Assert.Equal(SendResult.QueueFull, last);
        SessionSettings bounds = new();
        Assert.InRange(arena.Node.Statistics.HeldBytes, bounds.MaxQueued + (4 * Piece),
            bounds.MaxQueued + Piece + bounds.CreditWindow + 1024);
        raw.Reset();
    });

    [Fact]
    public Task A_declared_length_never_allocates() => Arena.RunAsync(Network.Memory, async arena =>
    {
        RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync(FrameFaultTests.Beginning(1, 32 << 20, 10));
        await Arena.AssertIsKeptAsync(raw);

        Assert.Equal(32 << 20, arena.Node.Statistics.ReassemblyBytes);
        Assert.InRange(arena.Node.Statistics.HeldBytes, 0, 64 * 1024);
        raw.Reset();
    });

    [Fact]
    public Task Every_ask_ends() => Arena.RunAsync(Network.Memory, async arena =>
    {
        (RawPeer silent, Peer toSilent) = await arena.DialAskableAsync();
        (RawPeer leaving, Peer toLeaving) = await arena.DialAskableAsync();
        Task<Text> unanswered = arena.Node.AskAsync<Text>(toSilent, new Text("?"));
        Task<Text> cut = arena.Node.AskAsync<Text>(toLeaving, new Text("?"));
        leaving.Reset();
        await arena.EndOfAsync(leaving);
        Task<Text> late = arena.Node.AskAsync<Text>(toLeaving, new Text("?"));

        Assert.Equal(AskFailure.Disconnected, await FailureOfAsync(cut));
        Assert.Equal(AskFailure.NotConnected, await FailureOfAsync(late));
        Assert.Equal(AskFailure.TimedOut, await FailureOfAsync(unanswered));
        silent.Reset();
    });

    [Fact]
    public Task Dead_and_half_open_peers_leave() => Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        using RawPeer halfOpen = await arena.DialAsync();
        using RawPeer dead = await arena.DialReadyAsync();
        TimeSpan start = memory.Now;

        Assert.Equal(DisconnectReason.HandshakeTimeout, (await arena.EndOfAsync(halfOpen)).Reason);
        Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(13));
        Assert.Equal(DisconnectReason.PingTimeout, (await arena.EndOfAsync(dead)).Reason);
        Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(89), TimeSpan.FromSeconds(93));
    });

    [Fact]
    public Task No_write_blocks_an_actor() => Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        while (arena.Node.TryTell(peer, new Blob(new byte[Piece])) == SendResult.Accepted)
        {
            await arena.AssertHonestIsServedAsync();
        }

        TimeSpan start = memory.Now;
        _ = arena.Node.DisconnectAsync(peer);
        Assert.Equal(DisconnectReason.DrainTimeout, (await arena.EndOfAsync(raw)).Reason);
        Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        raw.Dispose();
    });

    /// <summary>
    /// Several requests arrive together whose replies are longer than the queue, and their peer reads none of them:
    /// only one handler runs.
    /// </summary>
    [Fact]
    public Task Handlers_wait_until_replies_are_taken() => Arena.RunAsync(Network.Memory, async arena =>
    {
        int handled = 0;
        await using P2PNode node = await arena.StartAsync(protocol => protocol.OnRequest<Text, Blob>((_, _) =>
        {
            handled++;
            return new Blob(new byte[2 << 20]);
        }));
        using RawPeer raw = await arena.DialAsync(node.ListenAddresses[0]);
        await raw.BecomeReadyAsync();
        byte[][] requests =
            [.. Enumerable.Range(1, 3).Select(
                id => RawPeer.Frame(FrameKind.Request, "?"u8.ToArray(), RawPeer.Normal, Text.TypeCode, (ulong)id))];
        await raw.SendAsync([.. requests.SelectMany(static frame => frame)]);
        await ((MemoryArena)arena).DelayAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, handled);

        for (int answered = 0; answered < 3;)
        {
            RawFrame response = await raw.ReadAsync(FrameKind.Response);
            answered += (response.Header.Flags & FrameFlags.More) == 0 ? 1 : 0;
        }

        Assert.Equal(3, handled);
    });

    /// <summary>
    /// Two handlers run at a time, for a tenth of a second each. One peer has asked two hundred questions.
    /// </summary>
    [Fact]
    public void Peers_take_turns()
    {
        VirtualMesh mesh = new();
        TimeSpan slowest = TimeSpan.Zero;
        mesh.Run(async () =>
        {
            await using P2PNode node = await mesh.StartAsync(
                "node", protocol => protocol.OnRequest<Text, Text>(async (request, _) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), mesh.World.TimeProvider);
                return request;
            }), change: settings => settings with { MaxNodeHandlers = 2 });
            await using P2PNode greedy = await mesh.StartAsync(
                "greedy", change: settings => settings with { RequestTimeout = TimeSpan.FromMinutes(1) });
            await using P2PNode honest = await mesh.StartAsync("honest");
            Peer fromGreedy = await greedy.ConnectAsync(node.ListenAddresses[0]);
            Peer fromHonest = await honest.ConnectAsync(node.ListenAddresses[0]);
            Task<Text>[] flood =
                [.. Enumerable.Range(0, 200).Select(_ => greedy.AskAsync<Text>(fromGreedy, new Text("more")))];
            for (int i = 0; i < 10; i++)
            {
                TimeSpan start = mesh.World.Now;
                await honest.AskAsync<Text>(fromHonest, new Text("me too"));
                TimeSpan took = mesh.World.Now - start;
                slowest = took > slowest ? took : slowest;
            }

            Assert.Contains(flood, static ask => !ask.IsCompleted);
            await Task.WhenAll(flood);
        });

        // The time consists of the ask's own handler, at most one handler before it, and the round trip.
        Assert.InRange(slowest, TimeSpan.FromMilliseconds(120), TimeSpan.FromMilliseconds(320));
    }

    private static async Task<AskFailure> FailureOfAsync(Task ask) =>
        (await Assert.ThrowsAsync<AskException>(() => ask)).Reason;
}
