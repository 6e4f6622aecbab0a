using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// Attacks that crashed, blocked or deceived BDK, Flowee and Floresta and that no other test class covers.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class LessonTests
{
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_handler_that_rejects_or_never_ends_delays_no_other_peer(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            using RawPeer stuck = await arena.DialReadyAsync();
            await stuck.SendAsync(FrameKind.Request, [1], RawPeer.Normal, Blob.TypeCode, 1);
            using RawPeer rejected = await arena.DialReadyAsync();
            await rejected.SendAsync((FrameKind)0x77);

            await arena.AssertHonestIsServedAsync();
            await Arena.AssertIsKeptAsync(stuck);
            using RawPeer next = await arena.DialReadyAsync();
            await Arena.AssertIsKeptAsync(next);
        });

    [Fact]
    public Task A_handler_that_blocks_its_thread_delays_no_pings() =>
        SocketArena.RunAsync(async arena =>
    {
        using ManualResetEventSlim release = new();
        await using P2PNode node = await arena.StartAsync(protocol => protocol
            .OnRequest<Text, Text>((request, _) => request)
            .OnRequest<Blob, Blob>((request, _) =>
            {
                release.Wait(SocketArena.Guard);
                return request;
            }));
        await using P2PNode honest = await arena.StartAsync(null);
        Peer peer = await honest.ConnectAsync(node.ListenAddresses[0]);
        using RawPeer raw = await arena.DialAsync(node.ListenAddresses[0]);
        await raw.BecomeReadyAsync();

        await raw.SendAsync(FrameKind.Request, [1], RawPeer.Normal, Blob.TypeCode, 1);
        for (int i = 0; i < 20; i++)
        {
            await Arena.AssertIsKeptAsync(raw);
            Assert.Equal("x", (await honest.AskAsync<Text>(peer, new Text("x"))).Value);
        }

        release.Set();
        Assert.Equal([1], (await raw.ReadAsync(FrameKind.Response)).Payload);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_second_answer_to_one_id_is_counted_and_ignored(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            Task<Text> ask = arena.Node.AskAsync<Text>(peer, new Text("?"));
            ulong id = (await raw.ReadAsync(FrameKind.Request)).Header.Id;

            await raw.SendAsync(FrameKind.Response, [65], RawPeer.Normal, Text.TypeCode, id);
            await raw.SendAsync(FrameKind.Response, [66], RawPeer.Normal, Text.TypeCode, id);
            await raw.SendAsync(FrameKind.Error, [0, 1], RawPeer.Normal, 0, id);

            Assert.Equal("A", (await ask).Value);
            await Arena.AssertIsKeptAsync(raw);
            await arena.SettleAsync(raw);
            Assert.Equal(2, arena.Node.Statistics.UnexpectedResponses);
            raw.Dispose();
        });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_answer_to_an_unknown_id_is_counted_and_ignored(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            using RawPeer raw = await arena.DialReadyAsync();
            await raw.SendAsync(FrameKind.Response, [65], RawPeer.Normal, Text.TypeCode, 0xdead);
            await raw.SendAsync(FrameFaultTests.Beginning(0xbeef, 100_000, 10, FrameKind.Response));

            RawFrame reset = await raw.ReadAsync(FrameKind.Reset);

            Assert.Equal([(byte)FrameKind.Response, 0, (byte)ResetReason.Unwanted], reset.Payload);
            await Arena.AssertIsKeptAsync(raw);
            Assert.Equal(2, arena.Node.Statistics.UnexpectedResponses);
        });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_answer_from_a_peer_that_was_not_asked_is_ignored(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer asked, Peer peer) = await arena.DialAskableAsync();
        using RawPeer forger = await arena.DialReadyAsync();
        Task<Text> ask = arena.Node.AskAsync<Text>(peer, new Text("?"));
        ulong id = (await asked.ReadAsync(FrameKind.Request)).Header.Id;

        await forger.SendAsync(FrameKind.Response, [70], RawPeer.Normal, Text.TypeCode, id);
        await Arena.AssertIsKeptAsync(forger);
        await asked.SendAsync(FrameKind.Response, [65], RawPeer.Normal, Text.TypeCode, id);

        Assert.Equal("A", (await ask).Value);
        asked.Dispose();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_ping_without_its_own_pong_ends_the_session(bool sendsOtherPongs) =>
        Arena.RunAsync(Network.Memory, async arena =>
        {
            MemoryArena memory = (MemoryArena)arena;
            using RawPeer raw = await arena.DialReadyAsync();
            TimeSpan start = memory.Now;
            ulong nonce = (await raw.ReadAsync(FrameKind.Ping)).Header.Id;
            await raw.SendAsync(sendsOtherPongs ? RawPeer.Frame(FrameKind.Pong, id: nonce + 1) : []);

            await arena.ExpectRefusalAsync(raw, DisconnectReason.PingTimeout);

            Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(89), TimeSpan.FromSeconds(91));
        });

    [Fact]
    public Task A_peer_that_answers_its_pings_is_kept() => Arena.RunAsync(Network.Memory, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        for (int i = 0; i < 5; i++)
        {
            await raw.SendAsync(FrameKind.Pong, id: (await raw.ReadAsync(FrameKind.Ping)).Header.Id);
        }

        await Arena.AssertIsKeptAsync(raw);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_ask_that_is_never_answered_ends_typed(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();

            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => arena.Node.AskAsync<Text>(
                    peer, new Text("?"), new() { Timeout = TimeSpan.FromMilliseconds(200) }));

            Assert.Equal(AskFailure.TimedOut, failure.Reason);
            ulong id = (await raw.ReadAsync(FrameKind.Request)).Header.Id;
            Assert.Equal(id, (await raw.ReadAsync(FrameKind.Cancel)).Header.Id);
            raw.Dispose();
        });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Answers_of_another_type_or_that_do_not_parse_are_typed(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();

        Assert.Equal(AskFailure.UnexpectedType, await AnsweredAsync(arena, raw, peer, [1], Blob.TypeCode));
        Assert.Equal(AskFailure.Malformed, await AnsweredAsync(arena, raw, peer, [0xff], Text.TypeCode));

        PeerPenalised charged = await arena.Events.ReadAsync<PeerPenalised>();
        Assert.Equal((raw.LocalAddress, 10), (charged.Address, charged.Points));
        raw.Dispose();
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_message_to_a_peer_that_is_gone_fails_typed(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            raw.Reset();
            await arena.EndOfAsync(raw);

            SendException tell = await Assert.ThrowsAsync<SendException>(
                () => arena.Node.TellAsync(peer, new Text("x")));
            AskException ask = await Assert.ThrowsAsync<AskException>(
                () => arena.Node.AskAsync<Text>(peer, new Text("x")));

            Assert.Equal(SendFailure.NotConnected, tell.Reason);
            Assert.Equal(AskFailure.NotConnected, ask.Reason);
        });

    [Fact]
    public Task A_goodbye_after_ready_does_not_stop_later_dials() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        (PeerAddress address, Task<RawPeer> first, Task<RawPeer> second) = memory.ListenTwice();
        await using P2PNode node = await arena.StartAsync(null, settings => settings with { Bootstrap = [address] });
        using RawPeer raw = await first;
        await raw.HelloAsync(kind: FrameKind.HelloAck);
        await raw.ReadAsync(FrameKind.Ready);
        await raw.SendAsync(FrameKind.Goodbye, [0, (byte)DisconnectReason.WrongNetwork]);
        await raw.ReadToEndAsync();
        raw.Dispose();

        using RawPeer again = await second;
    });

    [Theory]
    [InlineData("a..b")]
    [InlineData("-")]
    [InlineData("no.such.host.invalid")]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1%99")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public Task A_dial_of_an_odd_address_ends_typed(string host) => SocketArena.RunAsync(async _ =>
    {
        foreach (TransportKind kind in Enum.GetValues<TransportKind>())
        {
            await using P2PNode node = await P2PNode.StartAsync(
                new P2PNodeOptions { Transport = kind,
                    Dial = new DialSettings { ConnectTimeout = TimeSpan.FromMilliseconds(300) } });
            await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(new PeerAddress(host, 9)));
        }
    });

    private static async Task<AskFailure> AnsweredAsync(
        Arena arena, RawPeer raw, Peer peer, byte[] payload, ushort type)
    {
        Task<Text> ask = arena.Node.AskAsync<Text>(peer, new Text("?"));
        ulong id = (await raw.ReadAsync(FrameKind.Request)).Header.Id;
        await raw.SendAsync(FrameKind.Response, payload, RawPeer.Normal, type, id);
        return (await Assert.ThrowsAsync<AskException>(() => ask)).Reason;
    }
}
