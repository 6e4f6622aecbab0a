using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

public sealed class NetworkTests
{
    private static readonly LinkConditions Second = new() { Latency = TimeSpan.FromSeconds(1) };

    [Fact]
    public void A_connect_without_a_listener_is_refused_in_a_round_trip()
    {
        Cluster.Of(["a", "b"]).Unlinked().LinkedBy(Second).Run(async cluster =>
        {
            cluster.Faults.Kill("b");
            TimeSpan start = cluster.World.Now;

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => cluster["a"].ConnectAsync("b"));

            Assert.Equal(ConnectFailure.Refused, failure.Reason);
            Assert.Equal(TimeSpan.FromSeconds(2), cluster.World.Now - start);
        });
    }

    [Fact]
    public void Connecting_to_a_host_without_power_is_not_answered()
    {
        Cluster.Of(["a", "b"]).Unlinked().Run(async cluster =>
        {
            cluster.Faults.Kill("b", DeathKind.Host);

            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => cluster["a"].ConnectAsync("b"));

            Assert.Equal(ConnectFailure.TimedOut, failure.Reason);
        });
    }

    [Fact]
    public void A_dead_process_resets_and_a_dead_host_misses_a_ping()
    {
        Assert.Equal((DisconnectReason.ConnectionReset, TimeSpan.FromMilliseconds(10)), Death(DeathKind.Process));

        (DisconnectReason reason, TimeSpan after) = Death(DeathKind.Host);
        Assert.Equal(DisconnectReason.PingTimeout, reason);
        Assert.InRange(after, TimeSpan.FromSeconds(88), TimeSpan.FromSeconds(92));

        static (DisconnectReason, TimeSpan) Death(DeathKind kind)
        {
            (DisconnectReason, TimeSpan) seen = default;
            Cluster.Of(["a", "b"]).Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                using NodeEvents events = cluster["a"].Node.Events();
                TimeSpan start = cluster.World.Now;
                cluster.Faults.Kill("b", kind);
                PeerDisconnected gone = await events.ReadAsync<PeerDisconnected>();
                seen = (gone.Reason, cluster.World.Now - start);
            });
            return seen;
        }
    }

    [Fact]
    public void Bytes_sent_during_a_cut_arrive_after_it()
    {
        List<string> heard = [];
        Cluster.Of(["a", "b"])
            .Where("b", protocol => protocol.OnNotify<Text>((text, _) => heard.Add(text.Value)))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.Cut("a", "b");
                await cluster["a"].TellAsync("b", new Text("through"));
                await cluster.Delay(TimeSpan.FromSeconds(20));
                Assert.Empty(heard);

                cluster.Faults.Heal("a", "b");
                await cluster.Delay(TimeSpan.FromSeconds(21));
            });

        Assert.Equal(["through"], heard);
    }

    [Fact]
    public void Bandwidth_makes_a_message_take_its_time()
    {
        Cluster.Of(["a", "b"])
            .LinkedBy(new LinkConditions { BytesPerSecond = 10_000 })
            .WhereEveryNode(protocol => protocol.OnRequest<Text, Text>((text, _) => new Text($"{text.Value.Length}")))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                TimeSpan start = cluster.World.Now;
                Text reply = await cluster["a"].AskAsync<Text>("b", new Text(new string('x', 50_000)));

                Assert.Equal("50000", reply.Value);
                Assert.InRange(cluster.World.Now - start, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.1));
            });
    }

    [Fact]
    public void A_host_that_does_not_read_is_given_up_by_its_sender()
    {
        Cluster.Of(["a", "b"]).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            using NodeEvents events = cluster["a"].Node.Events();
            cluster.Faults.ReadRate("b", 0);
            for (int i = 0; i < 8; i++)
            {
                await cluster["a"].BroadcastAsync(new Text(new string('x', 200_000)));
            }

            PeerDisconnected gone = await events.ReadAsync<PeerDisconnected>();
            Assert.Contains(gone.Reason,
                (DisconnectReason[])[
                    DisconnectReason.SlowReader, DisconnectReason.NoCredit, DisconnectReason.PingTimeout]);
        });
    }

    [Fact]
    public void Forgotten_connections_are_detected_by_pings()
    {
        Cluster.Of(["a", "b"]).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            Peer before = cluster["b"].FindPeer("a")!;
            cluster.Faults.Forget("a", "b");
            await cluster.UntilAsync(() => cluster["b"].FindPeer("a")?.ConnectionId > before.ConnectionId,
                "another connection", TimeSpan.FromMinutes(5));
        });
    }

    [Fact]
    public void In_one_way_cuts_only_one_side_is_heard_until_they_are_healed()
    {
        Dictionary<string, string> heard = [];
        Cluster.Of(["a", "b"])
            .WhereEveryNode((protocol, node) => protocol.OnNotify<Text>((text, _) => heard.Add(node.Name, text.Value)))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.CutOneWay("a", "b");
                await cluster["a"].TellAsync("b", new Text("to b"));
                await cluster["b"].TellAsync("a", new Text("to a"));
                await cluster.Delay(TimeSpan.FromSeconds(5));
                Assert.Equal([new("a", "to a")], heard);

                cluster.Faults.Heal("a", "b");
                await cluster.Delay(TimeSpan.FromSeconds(10));
                Assert.Equal("to b", heard["b"]);
            });
    }

    [Fact]
    public void Reset_connections_are_made_again_and_others_stay()
    {
        Cluster.Of(["a", "b", "c"]).FullyMeshed().Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            Peer before = cluster["a"].FindPeer("b")!;
            Peer other = cluster["c"].FindPeer("a")!;
            using NodeEvents ofA = cluster["a"].Node.Events();
            using NodeEvents ofB = cluster["b"].Node.Events();
            TimeSpan start = cluster.World.Now;
            cluster.Faults.Reset("a", "b");

            Assert.Equal(DisconnectReason.ConnectionReset, (await ofA.ReadAsync<PeerDisconnected>()).Reason);
            Assert.Equal(DisconnectReason.ConnectionReset, (await ofB.ReadAsync<PeerDisconnected>()).Reason);
            Assert.Equal(TimeSpan.FromMilliseconds(10), cluster.World.Now - start);
            await cluster.UntilConnectedAsync();
            Assert.True(cluster["a"].FindPeer("b")!.ConnectionId > before.ConnectionId);
            Assert.Equal(other, cluster["c"].FindPeer("a"));
        });
    }

    [Fact]
    public void A_kill_flushes_nothing()
    {
        List<string> heard = [];
        Cluster.Of(["a", "b"])
            .Where("b", protocol => protocol.OnNotify<Text>((text, _) => heard.Add(text.Value)))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                Peer b = cluster["a"].FindPeer("b")!;
                using NodeEvents events = cluster["b"].Node.Events();
                Task written = cluster["a"].Node.TellAsync(b, new Text("written"));
                await cluster.Delay(TimeSpan.FromMilliseconds(1));
                Task taken = cluster["a"].Node.TellAsync(b, new Text("taken"));
                cluster.Faults.Kill("a");

                Assert.True(written.IsCompletedSuccessfully && taken.IsCompletedSuccessfully);
                Assert.Equal(DisconnectReason.ConnectionReset, (await events.ReadAsync<PeerDisconnected>()).Reason);
                await cluster.Delay(TimeSpan.FromMinutes(1));
                Assert.Equal(["written"], heard);
            });
    }

    [Fact]
    public void A_wrong_clock_keeps_its_offset_and_rate_until_healed()
    {
        TimeSpan hour = TimeSpan.FromHours(1);
        TaskCompletionSource<Text> never = new();
        Cluster.Of(["a", "b"])
            .Where("b", protocol => protocol.OnRequest<Text, Text>(async (_, _) => await never.Task))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.Clock("a", hour, rate: 2);
                Assert.Equal(hour, Ahead());
                TimeSpan start = cluster.World.Now;
                AskException lost = await Assert.ThrowsAsync<AskException>(
                    () => cluster["a"].AskAsync<Text>(
                        "b", new Text("?"), new() { Timeout = TimeSpan.FromSeconds(10) }));
                TimeSpan took = cluster.World.Now - start;

                // Its clock runs twice as fast, so this is ten seconds of it.
                Assert.Equal(AskFailure.TimedOut, lost.Reason);
                Assert.InRange(took, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.1));
                Assert.Equal(hour + took, Ahead());

                cluster.Faults.Clock("a", hour);
                Assert.Equal(hour, Ahead());
                cluster.Faults.HealAll();
                Assert.Equal(TimeSpan.Zero, Ahead());
                never.SetResult(new Text("late"));

                TimeSpan Ahead() => cluster["a"].TimeProvider.GetUtcNow() - cluster["b"].TimeProvider.GetUtcNow();
            });
    }

    [Fact]
    public void A_restarted_node_keeps_its_name_identity_and_store()
    {
        Cluster.Of(["a", "b"]).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            cluster["b"].Store["height"] = 7;
            P2PNode first = cluster["b"].Node;
            cluster.Faults.Kill("b").Restart("b");
            await cluster.UntilConnectedAsync();

            Assert.NotSame(first, cluster["b"].Node);
            Assert.Equal(first.Id, cluster["b"].Node.Id);
            Assert.Equal(7, cluster["b"].Store["height"]);
            Assert.Equal(2, cluster["b"].Incarnation);
        });
    }
}
