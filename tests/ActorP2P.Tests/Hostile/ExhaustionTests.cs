using System.Threading.Channels;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Peers that use up time, slots, memory or patience and give nothing.</summary>
[Collection(SocketsCollection.Name)]
public sealed class ExhaustionTests
{
    [Theory, ClassData(typeof(AllNetworks))]
    public Task Silence_half_a_header_and_half_a_handshake_end_in_time(Network network) => Arena.RunAsync(
        network,
        async arena =>
        {
            using RawPeer silent = await arena.DialAsync();
            using RawPeer halfHeader = await arena.DialAsync();
            await halfHeader.SendAsync(RawPeer.Frame(FrameKind.Hello, RawPeer.Encode(RawPeer.CreateHello()))[..8]);
            using RawPeer halfHello = await arena.DialAsync();
            await halfHello.SendAsync(RawPeer.Frame(FrameKind.Hello, RawPeer.Encode(RawPeer.CreateHello()))[..40]);
            using RawPeer neverReady = await arena.DialAsync();
            await neverReady.HelloAsync();

            foreach (RawPeer raw in (RawPeer[])[silent, halfHeader, halfHello, neverReady])
            {
                await arena.ExpectRefusalAsync(raw, DisconnectReason.HandshakeTimeout);
            }
        },
        network != Network.Memory ? Impatient : null);

    [Fact]
    public Task A_silent_peer_is_given_ten_seconds() => Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        using RawPeer raw = await arena.DialAsync();
        TimeSpan start = memory.Now;

        await arena.EndOfAsync(raw);

        // After ten seconds of silence the peer has two seconds to read the goodbye, and then the connection is cut.
        Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(11.9), TimeSpan.FromSeconds(12.1));
    });

    /// <summary>BDK kept 600 half-open handshakes without any limit of time.</summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task Six_hundred_half_open_handshakes_stay_within_their_slots(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            List<RawPeer?> flood = [];
            for (int i = 0; i < 600; i++)
            {
                flood.Add(await arena.TryDialAsync());
            }

            await arena.AssertHonestIsServedAsync();
            IReadOnlyDictionary<DisconnectReason, int> ends = await ResetTests.EndsOfAsync(arena, flood.Count);

            flood.ForEach(raw => raw?.Dispose());
            Assert.Contains(DisconnectReason.TooManyConnections, ends.Keys);
            Assert.Contains(DisconnectReason.HandshakeTimeout, ends.Keys);
            if (network == Network.Memory)
            {
                // In real time some slots may be free again before the last of the flood has arrived.
                Assert.Equal(64, ends[DisconnectReason.HandshakeTimeout]);
            }

            using RawPeer after = await arena.DialReadyAsync();
            await Arena.AssertIsKeptAsync(after);
        },
        network != Network.Memory ? Impatient : null);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_new_connection_is_accepted_when_all_slots_are_taken(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        List<RawPeer?> crowd = [];
        for (int i = 0; i < 64; i++)
        {
            crowd.Add(await arena.TryDialAsync());
        }

        using RawPeer newcomer = await arena.DialReadyAsync();
        await Arena.AssertIsKeptAsync(newcomer);
        crowd.ForEach(raw => raw?.Dispose());
    });

    [Fact]
    public Task A_crowd_without_hellos_leaves_after_two_seconds() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        TimeSpan start = memory.Now;
        RawPeer[] few = [.. await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => arena.DialAsync()))];
        await memory.DelayAsync(TimeSpan.FromSeconds(3));
        Assert.DoesNotContain(arena.Log.Lines, line => line.Contains("HandshakeTimeout", StringComparison.Ordinal));

        using RawPeer oneMore = await arena.DialAsync();
        await arena.EndOfAsync(few[0]);
        Assert.InRange(memory.Now - start, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5.2));
        Array.ForEach(few, raw => raw.Dispose());
    });

    [Fact]
    public Task A_flood_from_one_address_group_costs_only_that_group() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        using RawPeer slow = await memory.DialFromAsync("198.51.100.1");
        RawPeer[] flood = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => memory.DialFromAsync($"203.0.113.{i}")));

        await slow.BecomeReadyAsync();
        await Arena.AssertIsKeptAsync(slow);
        Array.ForEach(flood, raw => raw.Dispose());
    });

    /// <summary>Eight such messages cost BDK a gigabyte at once.</summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task Eight_claims_of_128_MiB_without_a_body_cost_nothing(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 8; i++)
        {
            using RawPeer frame = await arena.DialReadyAsync();
            await frame.SendAsync(
                RawPeer.Frame(FrameKind.Notify, null, RawPeer.Normal, Blob.TypeCode, 1, length: 128 << 20));
            await arena.ExpectRefusalAsync(frame, DisconnectReason.FrameTooLong);
            using RawPeer message = await arena.DialReadyAsync();
            await message.SendAsync(FrameFaultTests.Beginning(1, 128 << 20, 10));
            await arena.ExpectRefusalAsync(message, DisconnectReason.MessageTooLong);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Claimed_totals_within_the_limit_allocate_only_what_came(Network network) =>
        Arena.RunAsync(
        network, async arena =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            using RawPeer raw = await arena.DialReadyAsync();
            using RawPeer other = await arena.DialReadyAsync();
            await raw.SendAsync(FrameFaultTests.Beginning(1, 30 << 20, 10));
            await other.SendAsync(FrameFaultTests.Beginning(1, 30 << 20, 10));
            await Arena.AssertIsKeptAsync(raw);
            await Arena.AssertIsKeptAsync(other);

            Assert.Equal(60L << 20, arena.Node.Statistics.ReassemblyBytes);
            Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8 << 20);
            raw.Reset();
            other.Reset();
        });

    /// <summary>
    /// A peer that never reads cost BDK 1.17 GB in 2.5 s. Flowee lost most messages without a report.
    /// </summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_peer_that_never_reads_costs_only_its_queue(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            byte[] bytes = new byte[60_000];
            Task<SendResult>[] tells =
                [.. Enumerable.Range(0, 3_000).Select(_ => TryTellAsync(arena.Node, peer, bytes))];
            await arena.AssertHonestIsServedAsync();

            Disconnect end = await arena.EndOfAsync(raw);
            SendResult[] results = await Task.WhenAll(tells);

            Assert.Equal((DisconnectReason.SlowReader, DisconnectSide.Local), (end.Reason, end.Side));
            SendResult[] allowed = [SendResult.Accepted, SendResult.QueueFull, SendResult.NotConnected];
            if (network == Network.Memory)
            {
                Assert.Equal(allowed, results.Distinct().Order());
            }
            else
            {
                // On a busy machine the connection may end before the queue is full.
                Assert.Empty(results.Except(allowed));
            }

            Assert.InRange(results.Count(result => result == SendResult.Accepted) * (long)bytes.Length, 1, 32 << 20);
            raw.Dispose();
        },
        network != Network.Memory ? Impatient : null);

    [Fact]
    public Task Only_two_long_messages_wait_for_a_peer_that_never_reads() => Arena.RunAsync(
        Network.Memory,
        async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            byte[] bytes = new byte[30 << 20];
            Task<SendResult>[] tells = [.. Enumerable.Range(0, 6).Select(_ => TryTellAsync(arena.Node, peer, bytes))];

            await arena.EndOfAsync(raw);

            SendResult[] results = await Task.WhenAll(tells);
            Assert.Equal(
                [
                    SendResult.Accepted, SendResult.NotConnected, SendResult.NotConnected, SendResult.NotConnected,
                    SendResult.QueueFull, SendResult.QueueFull,
                ],
                results);
            raw.Dispose();
        });

    [Fact]
    public Task Only_two_long_requests_wait_for_a_peer_that_never_reads() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        Blob request = new(new byte[30 << 20]);
        Task<AskFailure>[] asks =
            [.. Enumerable.Range(0, 6).Select(_ => FailureOfAsync(arena.Node.AskAsync<Blob>(peer, request)))];

        AskFailure[] failures = await Task.WhenAll(asks);

        Assert.Equal(2, failures.Count(failure => failure == AskFailure.QueueFull));
        raw.Dispose();
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_node_without_a_free_slot_refuses_peers_and_dials(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            using RawPeer raw = await arena.DialAsync();
            await arena.ExpectRefusalAsync(raw, DisconnectReason.TooManyConnections);
            (PeerAddress address, Task<RawPeer> accepted) = arena.Listen();

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                () => arena.Node.ConnectAsync(address));

            Assert.Equal(ConnectFailure.TooManyConnections, failure.Reason);
            Assert.Contains(
                arena.Log.Lines, line => line.Contains($"{address} was refused at once", StringComparison.Ordinal));
            using RawPeer cut = await accepted;
            Assert.Null(await cut.ReadAsync());
        },
        settings => settings with { MaxConnections = 1 });

    /// <summary>A link of 8 KB/s needs 16 seconds for what the node sends at once.</summary>
    [Fact]
    public Task A_peer_on_a_slow_line_that_reads_all_is_kept() => Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        memory.SetReadRate(raw, bytesPerSecond: 8_000);
        TimeSpan start = memory.Now;
        Task<SendResult>[] tells =
            [.. Enumerable.Range(0, 10).Select(_ => TryTellAsync(arena.Node, peer, new byte[60_000]))];
        for (int received = 0; received < 10; received++)
        {
            await raw.ReadAsync(FrameKind.Notify);
        }

        Assert.True(memory.Now - start > TimeSpan.FromMinutes(1));

        Assert.All(await Task.WhenAll(tells), result => Assert.Equal(SendResult.Accepted, result));
        await Arena.AssertIsKeptAsync(raw);
        raw.Reset();
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Broadcasts_to_a_peer_that_never_reads_are_dropped(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            Channel<Blob> heard = Channel.CreateUnbounded<Blob>();
            await using P2PNode listener = await arena.StartAsync(protocol => protocol.OnBroadcast<Blob>(
                (message, _) => heard.Writer.TryWrite(message) ? Verdict.Accept : Verdict.Ignore));
            using NodeEvents events = arena.Node.Events();
            await listener.ConnectAsync(arena.Address);

            // The node's side of the connection may become ready later, and a broadcast before would pass it by.
            await events.ReadAsync<PeerConnected>();
            RawPeer raw = await arena.DialReadyAsync();
            for (int i = 0; i < 300; i++)
            {
                await arena.Node.BroadcastAsync(new Blob(new byte[60_000]));
                await heard.Reader.ReadAsync();
            }

            Assert.Equal(DisconnectReason.SlowReader, (await arena.EndOfAsync(raw)).Reason);
            Assert.True(arena.Node.Statistics.DroppedBroadcasts > 0);
            raw.Dispose();
        },
        network != Network.Memory ? Impatient : null);

    internal static async Task<SendResult> TryTellAsync(P2PNode node, Peer peer, byte[] bytes)
    {
        try
        {
            await node.TellAsync(peer, new Blob(bytes));
            return SendResult.Accepted;
        }
        catch (SendException refused)
        {
            return Enum.Parse<SendResult>($"{refused.Reason}");
        }
    }

    private static async Task<AskFailure> FailureOfAsync(Task ask) =>
        (await Assert.ThrowsAsync<AskException>(() => ask)).Reason;

    // Short times keep the test short; scenarios in virtual time use the protocol's own times.
    private static P2PNodeOptions Impatient(P2PNodeOptions settings) => settings with
    {
        Session = settings.Session with
        {
            HandshakeTimeout = TimeSpan.FromSeconds(2),
            NoProgressTimeout = TimeSpan.FromSeconds(2),
        },
    };
}
