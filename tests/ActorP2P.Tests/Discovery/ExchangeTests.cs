using System.Buffers;
using ActorP2P.Protocol;
using ActorP2P.Simulation;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Discovery;

/// <summary>What peers ask each other for, and tell each other unasked.</summary>
public sealed class ExchangeTests
{
    private const string Victim = "20.1.0.1";
    private const string Teller = "20.2.0.1";

    [Fact]
    public void A_node_learns_who_connects_and_tells_others()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: Discovering());
            await using P2PNode second = await mesh.StartAsync("20.2.0.1", change: Discovering("20.1.0.1"));
            await Until(mesh, () => first.Discovery!.Addresses == 1);
            await using P2PNode third = await mesh.StartAsync("20.3.0.1", change: Discovering("20.1.0.1"));

            await Until(mesh, () => third.Peers.Count == 2 && second.Peers.Count == 2);
            Assert.Equal((2, 2), (first.Discovery!.Addresses, third.Discovery!.Addresses));
        });
    }

    [Fact]
    public void A_peer_that_the_program_keeps_is_asked_too()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: Discovering());
            await using P2PNode second = await mesh.StartAsync(
                "20.2.0.1", bootstrap: ["20.1.0.1"], change: Discovering());
            await using P2PNode third = await mesh.StartAsync(
                "20.3.0.1", bootstrap: ["20.2.0.1"], change: Discovering());

            TimeSpan begun = mesh.World.Now;
            await Until(mesh, () => third.Peers.Count == 2);
            Assert.InRange(mesh.World.Now - begun, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        });
    }

    [Fact]
    public void Without_discovery_nobody_is_told_anything()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode silent = await mesh.StartAsync(Victim);
            await using P2PNode asking = await mesh.StartAsync(Teller);
            Peer peer = await asking.ConnectAsync(new PeerAddress(Victim, 1));
            AskException refused = await Assert.ThrowsAsync<AskException>(() => AskAsync(asking, peer, []));
            Assert.Equal(RequestErrorCode.NoSuchService, refused.ErrorCode);
            Assert.Null(silent.Discovery);
            Assert.False(peer.Understands(HelloFeature.PeerExchange));
        });
    }

    [Fact]
    public void A_peer_gets_one_answer_in_ten_minutes()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode victim = await mesh.StartAsync(Victim, change: Discovering());
            await using P2PNode other = await mesh.StartAsync("20.9.0.1", change: Discovering(Victim));
            await Until(mesh, () => victim.Discovery!.Addresses == 1);
            await using P2PNode asking = await mesh.StartAsync(Teller, change: static s => Off(s));
            Peer peer = await asking.ConnectAsync(new PeerAddress(Victim, 1));

            Assert.Equal(2, (await AskAsync(asking, peer, [])).Records.Count);
            Assert.Empty((await AskAsync(asking, peer, [])).Records);
            await Task.Delay(TimeSpan.FromMinutes(10), mesh.World.TimeProvider);
            Assert.Equal(2, (await AskAsync(asking, peer, [])).Records.Count);
        });
    }

    [Fact]
    public void What_is_told_in_vain_is_counted_by_its_reason()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode victim = await mesh.StartAsync(Victim, change: Discovering());
            await using P2PNode teller = await mesh.StartAsync(Teller, change: static s => Off(s));
            Peer peer = await teller.ConnectAsync(new PeerAddress(Victim, 1));
            long now = mesh.World.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            byte[] unsigned = Record(teller, now, "20.7.0.1:1");
            unsigned[80] ^= 1;
            byte[] own = victim.CreateRecord().Bytes.ToArray();
            byte[][] told =
            [
                new byte[NodeRecord.MaxBytes + 1], [1, 2, 3], unsigned, own,
                Record(teller, now + 3_600_000, "20.7.0.1:1"), Record(teller, now, "10.0.0.1:1"),
                Record(teller, now, "203.0.113.1:1"), Record(teller, now, "a.name:1"),
                RecordOf("another", teller, now, "20.7.0.1:1"), Record(teller, now, "20.7.0.1:1"),
                Record(teller, now, "20.8.0.1:1"),
            ];
            Tell(peer, told);
            await Until(mesh, () => victim.Discovery!.Refused[RecordRefusal.TooMany] == 1);

            IReadOnlyDictionary<RecordRefusal, long> refused = victim.Discovery!.Refused;
            Assert.All(
                new[]
                {
                    RecordRefusal.TooLong, RecordRefusal.Malformed, RecordRefusal.NotSigned, RecordRefusal.Own,
                    RecordRefusal.FutureDated, RecordRefusal.Private, RecordRefusal.Unroutable, RecordRefusal.Name,
                    RecordRefusal.OtherNetwork,
                },
                reason => Assert.True(refused[reason] == 1, $"{reason}: {refused[reason]}"));
            Assert.Equal(1, victim.Discovery.Addresses);
            Assert.Equal(Enum.GetValues<RecordRefusal>(), refused.Keys);
        });
    }

    [Fact]
    public void An_answer_that_is_nonsense_costs_the_peer_points()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode victim = await mesh.StartAsync(Victim, change: Discovering());
            await using P2PNode teller = await mesh.StartAsync(Teller, change: static s => Off(s));
            using NodeEvents events = victim.Events();
            Peer peer = await teller.ConnectAsync(new PeerAddress(Victim, 1));
            peer.Outbox.TryPost(peer.Actor, new OutboxEntry(
                FrameKind.Notify, PayloadWriter.Encode(new Nonsense()), Lane.Normal));
            await Until(mesh, () => victim.Peers.Count == 1);
            await foreach (NodeEvent happened in events)
            {
                if (happened is PeerPenalised penalised)
                {
                    Assert.Equal(ReasonTable.MalformedPoints, penalised.Points);
                    break;
                }
            }
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_question_answered_with_nonsense_or_never_is_counted(bool isNever)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode liar = await mesh.StartAsync(Victim, change: Discovering());
            liar.Context.Catalog.Requests[PeersAsk.TypeCode] = new MessageHandler<RequestContext, IMessage>(
                MessageDecoder<PeersAsk>.Instance,
                async (_, context) =>
                {
                    await Task.Delay(isNever ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, mesh.World.TimeProvider,
                        context.CancellationToken);
                    return new NonsenseReply();
                },
                HandlerMode.Asynchronous);
            await using P2PNode honest = await mesh.StartAsync(Teller, change: Discovering());
            await using P2PNode other = await mesh.StartAsync("20.3.0.1", change: Discovering(Teller));
            await using P2PNode node = await mesh.StartAsync("20.4.0.1", change: Discovering(Victim, Teller));

            await Until(mesh, () => node.Discovery!.Refused[RecordRefusal.NotAnswered] == 1);
            await Until(mesh, () => node.Peers.Count(static peer => peer.Address.Host != Victim) == 2);
        });
    }

    [Fact]
    public void Fresh_records_reach_those_who_have_not_asked()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode middle = await mesh.StartAsync("20.1.0.1", change: Discovering());
            await using P2PNode early = await mesh.StartAsync("20.2.0.1", change: Discovering("20.1.0.1"));
            await Until(mesh, () => early.Peers.Count == 1 && middle.Discovery!.Addresses == 1);
            await using P2PNode fresh = await mesh.StartAsync("20.3.0.1", change: settings => Discovering("20.1.0.1")(
                settings with { MaxConnections = 1 }));

            await Until(mesh, () => early.Discovery!.Addresses == 2);
        });
    }

    internal static Func<P2PNodeOptions, P2PNodeOptions> Discovering(params string[] bootstrap) => settings =>
        settings with
        {
            Discovery = new DiscoverySettings
            {
                Mode = DiscoveryMode.On, Bootstrap = [.. bootstrap.Select(static host => new PeerAddress(host, 1))],
            },
        };

    internal static async Task Until(VirtualMesh mesh, Func<bool> condition)
    {
        TimeSpan end = mesh.World.Now + TimeSpan.FromMinutes(5);
        while (!condition())
        {
            Assert.True(mesh.World.Now < end, "It does not happen in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), mesh.World.TimeProvider);
        }
    }

    // The node knows the messages, but looks for nobody.
    private static P2PNodeOptions Off(P2PNodeOptions settings) => settings with
    {
        Discovery = new DiscoverySettings { Mode = DiscoveryMode.On, Outbound = 0 }, Listen = null,
    };

    private static Task<PeersReply> AskAsync(P2PNode node, Peer peer, byte[] record)
    {
        PendingAsk<PeersReply> pending = new(peer, PeersReply.TypeCode);
        node.Context.Asks.Post(new PostedAsk(
            pending, PayloadWriter.Encode(new PeersAsk(record)), Lane.Normal, TimeSpan.FromSeconds(10), null));
        return pending.Task.ToldHere();
    }

    private static void Tell(Peer peer, byte[][] records) => peer.Outbox.TryPost(peer.Actor, new OutboxEntry(
        FrameKind.Notify, PayloadWriter.Encode(new PeersTold(records)), Lane.Normal));

    private static byte[] Record(P2PNode node, long milliseconds, params string[] addresses) =>
        RecordOf("test", node, milliseconds, addresses);

    private static byte[] RecordOf(string network, P2PNode node, long milliseconds, params string[] addresses) =>
        NodeRecord.Create(node.Context.Signer, new RecordFields
        {
            NetworkId = network,
            Sequence = (ulong)Interlocked.Increment(ref s_sequence),
            UnixMilliseconds = milliseconds,
            Addresses = [.. addresses.Select(PeerAddress.Parse)],
        }).Bytes.ToArray();

    private static long s_sequence;

    private sealed class NonsenseReply : IMessage<NonsenseReply>
    {
        public static ushort TypeCode => PeersReply.TypeCode;

        public void Write(IBufferWriter<byte> writer) => writer.Write<byte>([0, 0xff, 0xff, 1]);

        public static bool TryRead(ReadOnlySpan<byte> payload, out NonsenseReply message)
        {
            message = new NonsenseReply();
            return true;
        }
    }

    private sealed class Nonsense : IMessage<Nonsense>
    {
        public static ushort TypeCode => PeersTold.TypeCode;

        public void Write(IBufferWriter<byte> writer) => writer.Write<byte>([0xff, 0xff, 1]);

        public static bool TryRead(ReadOnlySpan<byte> payload, out Nonsense message)
        {
            message = new Nonsense();
            return true;
        }
    }
}
