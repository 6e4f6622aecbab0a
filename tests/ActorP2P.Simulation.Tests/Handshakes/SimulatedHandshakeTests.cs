using System.Text;
using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>Nodes that require encryption, in the simulation: what holds over sockets holds here.</summary>
public sealed class SimulatedHandshakeTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Nodes_prove_who_they_are()
    {
        Encrypting("a", "b").InALine().Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();

            Assert.Equal(cluster["b"].Id, cluster["a"].FindPeer("b")!.Id);
            Assert.Equal(cluster["a"].Id, cluster["b"].FindPeer("a")!.Id);
            Assert.Equal("hi", (await cluster["a"].AskAsync<Text>("b", new Text("hi"))).Value);
        });
    }

    [Theory]
    [InlineData(Encryption.Required, false)]
    [InlineData(Encryption.Off, true)]
    public void What_an_application_sends_is_hidden_on_the_wire(Encryption encryption, bool isSeen)
    {
        using MemoryStream wire = new();
        string secret = new('s', 40_000);
        Encrypting("a", "b").InALine().Without<ReasonedCloses>()
            .WithSettings(settings => settings with { Encryption = encryption })
            .WithTransport((_, transport) => new Wiretap(transport, bytes =>
            {
                wire.Write(bytes);
                return bytes;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await cluster["a"].AskAsync<Text>("b", new Text(secret));
            });

        Assert.True(wire.Length > 2 * secret.Length);
        Assert.Equal(isSeen, Contains(wire, "ssssssss"));
        Assert.Equal(isSeen, Contains(wire, "cluster"));
    }

    [Theory]
    [InlineData(Encryption.Off, 2)]
    [InlineData(Encryption.Required, 3)]
    public void A_first_reply_takes_few_round_trips(Encryption encryption, int roundTrips)
    {
        Encrypting("a", "b").Unlinked().LinkedBy(new LinkConditions { Latency = Latency })
            .WithSettings(settings => settings with { Encryption = encryption })
            .Run(async cluster =>
            {
                await cluster.UntilAsync(() => cluster.Nodes.All(node => node.IsUp), "both run");
                TimeSpan start = cluster.World.Now;

                await cluster["a"].Node.AskAsync<Text>(cluster["b"].Address, new Text("hi"));

                Assert.Equal(roundTrips * 2 * Latency, cluster.World.Now - start);
            });
    }

    [Fact]
    public void A_node_that_was_not_dialled_gets_nothing()
    {
        int asked = 0;
        Encrypting("a", "b").Unlinked()
            .Where("b", protocol => protocol.OnNotify<Text>((_, _) => asked++))
            .Run(async cluster =>
            {
                await cluster.UntilAsync(() => cluster.Nodes.All(node => node.IsUp), "both run");
                PeerAddress right = new("b", 1, cluster["b"].Id);
                PeerAddress wrong = new("b", 1, cluster["a"].Id);

                ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                    () => cluster["a"].Node.ConnectAsync(wrong));
                Peer peer = await cluster["a"].Node.ConnectAsync(right);

                Assert.Equal(DisconnectReason.WrongNode, failure.End!.Reason);
                Assert.Equal(cluster["b"].Id, peer.Id);
                Assert.Equal(0, asked);
            });
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Nodes_that_differ_in_encryption_never_meet(string plain)
    {
        Encrypting("a", "b").Unlinked().Without<ReasonedCloses>()
            .WithSettings(plain, settings => settings with { Encryption = Encryption.Off })
            .Run(async cluster =>
            {
                await cluster.UntilAsync(() => cluster.Nodes.All(node => node.IsUp), "both run");

                ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                    () => cluster["a"].Node.ConnectAsync(cluster["b"].Address));

                Assert.Equal(ConnectFailure.HandshakeFailed, failure.Reason);
                Assert.Contains(failure.End!.Reason, plain == "a"
                    ? [DisconnectReason.NotThisProtocol, DisconnectReason.ConnectionReset,
                        DisconnectReason.ConnectionLost]
                    : new[] { DisconnectReason.EncryptionFailed });
                Assert.Empty(cluster["b"].Node.Peers);
            });
    }

    [Fact]
    public void A_full_node_dials_an_address_with_an_id_after_pauses()
    {
        int refused = 0;
        Cluster cluster = Encrypting("a", "b", "c").Unlinked().Without<Connectivity>().Without<ReasonedCloses>();
        cluster.WithSettings("a", settings => settings with
            {
                MaxConnections = 1,
                Bootstrap = [new PeerAddress("b", 1, cluster["b"].Id), new PeerAddress("c", 1, cluster["c"].Id)],
            })
            .Run(async running =>
            {
                await running.UntilAsync(() => running.Nodes.All(node => node.IsUp), "all run");
                using NodeEvents events = running["a"].Node.Events(100_000);
                await running.Delay(TimeSpan.FromMinutes(2));
                while (events.TryRead(out NodeEvent? happened))
                {
                    refused += happened is PeerRefused { End.Reason: DisconnectReason.TooManyConnections } ? 1 : 0;
                }
            });

        Assert.InRange(refused, 1, 20);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2_048)]
    public void A_handshake_passes_through_a_small_window(int window)
    {
        Encrypting("a", "b").InALine()
            .LinkedBy(new LinkConditions { Latency = Latency, WindowBytes = window, SegmentBytes = 256 })
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                string text = new('x', 10_000);
                Assert.Equal(text, (await cluster["a"].AskAsync<Text>("b", new Text(text))).Value);
            });
    }

    [Fact]
    public void A_byte_that_is_changed_on_its_way_ends_the_connection()
    {
        bool isChanging = false;
        List<DisconnectReason> ends = [];
        Encrypting("a", "b").InALine().Without<ReasonedCloses>()
            .WithTransport((node, transport) => new Wiretap(transport, bytes =>
            {
                if (isChanging && node.Name == "a")
                {
                    bytes[^20] ^= 1;
                }

                return bytes;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                using NodeEvents events = cluster["b"].Node.Events();
                isChanging = true;

                await Assert.ThrowsAsync<AskException>(() => cluster["a"].AskAsync<Text>("b", new Text("changed")));
                isChanging = false;
                ends.Add((await events.ReadAsync<PeerDisconnected>()).End.Reason);
            });

        Assert.Equal([DisconnectReason.ConnectionReset], ends);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void A_handshake_that_stalls_ends_in_time(int bytesSent)
    {
        Encrypting("a").Run(async cluster =>
        {
            await cluster.UntilAsync(() => cluster["a"].IsUp, "it runs");
            using NodeEvents events = cluster["a"].Node.Events();
            TimeSpan start = cluster.World.Now;
            RawEnd silent = await StrangerAsync(cluster);
            if (bytesSent > 0)
            {
                await silent.SendAsync([0x16, 3, 3, 0, 250, .. new byte[bytesSent]]);
            }

            Disconnect end = (await events.ReadAsync<PeerRefused>()).End;

            Assert.Equal(DisconnectReason.HandshakeTimeout, end.Reason);
            Assert.InRange(cluster.World.Now - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        });
    }

    [Theory]
    [InlineData("16030300fb")]
    [InlineData("170303000a")]
    [InlineData("1603010010")]
    [InlineData("1603037fff")]
    [InlineData("ff")]
    public void A_stranger_that_sends_something_else_is_refused(string beginning)
    {
        Encrypting("a").Run(async cluster =>
        {
            await cluster.UntilAsync(() => cluster["a"].IsUp, "it runs");
            using NodeEvents events = cluster["a"].Node.Events();
            RawEnd stranger = await StrangerAsync(cluster);
            await stranger.SendAsync([.. Convert.FromHexString(beginning), .. new byte[300]]);

            Assert.Equal(DisconnectReason.EncryptionFailed, (await events.ReadAsync<PeerRefused>()).End.Reason);
        });
    }

    [Fact]
    public void Encrypted_nodes_keep_their_promises_under_random_faults()
    {
        ulong[] hashes = [.. Seeds.From(1, 40).Select(HashOf)];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], HashOf(1));

        static ulong HashOf(ulong seed) =>
            RandomFaults.Of(seed, nameof(Encrypted_nodes_keep_their_promises_under_random_faults))
            .WithSettings(settings => settings with { Encryption = Encryption.Required })
            .RunFor(TimeSpan.FromSeconds(40)).TraceHash;
    }

    private static Cluster Encrypting(params string[] names) => Cluster.Of(names, "encrypted")
        .WithSettings(settings => settings with { Encryption = Encryption.Required })
        .WhereEveryNode(protocol => protocol.OnRequest<Text, Text>((text, _) => text));

    private static async Task<RawEnd> StrangerAsync(Cluster cluster)
    {
        Dialling dial = new();
        cluster.CreateTransport("stranger").Dial(cluster["a"].Address, TimeSpan.FromSeconds(10), dial);
        return new RawEnd(await dial.Connection);
    }

    private static bool Contains(MemoryStream wire, string text) =>
        wire.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private sealed class Dialling : IDialSink
    {
        private readonly TaskCompletionSource<IConnection> _promise = new();

        public Task<IConnection> Connection => _promise.Task;

        public void OnDialled(IConnection connection) => _promise.SetResult(connection);

        public void OnDialFailed(TransportError error) => _promise.SetException(new TransportException(error));
    }
}
