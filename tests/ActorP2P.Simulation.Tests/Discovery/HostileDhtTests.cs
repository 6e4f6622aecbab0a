using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>Nodes that answer with nonsense, or never, or ask too much: each fault is counted by its reason.</summary>
public sealed class HostileDhtTests
{
    private const string Liar = "node5";

    [Fact]
    public void Wrong_records_are_left_out_and_counted() => With(static (cluster, _) => new FoundNodes(
        Own(cluster),
        [
            new byte[200],
            Changed(Own(cluster)),
            Record(cluster, 5, network: "other"),
            Record(cluster, 5, ahead: TimeSpan.FromMinutes(11)),
            Record(cluster, 5, host: null),
            Record(cluster, 1),
        ])).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        await cluster.Nodes[1].Node.FindAsync(NodeId.FromPublicKey([1]));

        IReadOnlyDictionary<DhtFault, long> faults = cluster.Nodes[1].Node.GetDhtStatistics().Faults;
        foreach (DhtFault fault in new[]
            {
                DhtFault.BadRecord, DhtFault.NotSigned, DhtFault.OtherNetwork, DhtFault.FutureDated,
                DhtFault.Unroutable,
            })
        {
            Assert.True(faults.GetValueOrDefault(fault) > 0, $"{fault}");
        }

        await FindEachOtherAsync(cluster);
    });

    [Fact]
    public void A_node_that_falls_silent_delays_a_lookup_and_no_more() => With(static (cluster, request) =>
        request is FindNode { WantsRecord: true } ? new FoundNodes(Own(cluster), []) : null).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        Assert.Null(await cluster.Nodes[1].Node.FindAsync(NodeId.FromPublicKey([1])));
        await FindEachOtherAsync(cluster);
        Assert.True(cluster.Nodes[1].Node.GetDhtStatistics().Faults[DhtFault.Silent] > 0);
    });

    [Fact]
    public void Providers_without_proof_are_left_out_and_counted() => With(
        static (cluster, _) => new FoundNodes(Own(cluster), []),
        static (cluster, _) => new FoundProviders(
            [],
            [
                Own(cluster), cluster[Liar].Node.CreateRecord(["another room"]).Bytes,
                Record(cluster, 5, ahead: -TimeSpan.FromMinutes(71), service: "room"),
            ])).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        await cluster.Nodes[2].Node.ProvideAsync("room");

        NodeRecord found = Assert.Single(await cluster.Nodes[1].ProvidersAsync("room"));
        Assert.Equal(cluster.Nodes[2].Id, found.Id);
        IReadOnlyDictionary<DhtFault, long> faults = cluster.Nodes[1].Node.GetDhtStatistics().Faults;
        Assert.Equal((2, 1), (faults[DhtFault.NotProvider], faults[DhtFault.Stale]));
    });

    [Fact]
    public void A_record_of_a_provider_is_taken_from_its_node_only() => DhtNodes.Of(3).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        P2PNode node = cluster.Nodes[2].Node;
        Peer peer = node.Peers[0];
        DhtKey key = DhtKey.OfService("cluster", "room");

        Assert.Equal(ProviderOutcome.Kept, await AddAsync(node.CreateRecord(["room"]).Bytes));
        Assert.Equal(ProviderOutcome.NotProven, await AddAsync(cluster.Nodes[1].Node.CreateRecord(["room"]).Bytes));
        Assert.Equal(ProviderOutcome.NotProven, await AddAsync(node.CreateRecord(["another room"]).Bytes));
        Assert.Equal(ProviderOutcome.NotProven, await AddAsync(new byte[50]));
        Assert.Equal(
            ProviderOutcome.Stale,
            await AddAsync(Record(cluster, 2, ahead: -TimeSpan.FromMinutes(71), service: "room")));

        async Task<ProviderOutcome> AddAsync(ReadOnlyMemory<byte> record) =>
            (await AskAsync<ProviderAdded>(node, peer, new AddProvider(key, record))).Outcome;
    });

    [Fact]
    public void Who_asks_too_much_is_refused_until_it_pauses() => DhtNodes.Of(3).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        P2PNode node = cluster.Nodes[2].Node;
        Peer peer = node.Peers[0];
        Task<FoundNodes>[] asked =
        [
            .. Enumerable.Range(0, 60).Select(_ => AskAsync<FoundNodes>(
                node, peer, new FindNode(default, default, WantsRecord: false))),
        ];
        int refused = 0;
        foreach (Task<FoundNodes> answer in asked)
        {
            try
            {
                await answer;
            }
            catch (AskException failure)
            {
                Assert.Equal(RequestErrorCode.NoRoom, failure.ErrorCode);
                refused++;
            }
        }

        Assert.Equal(60 - RequestAllowance.Burst, refused);
        await cluster.Delay(TimeSpan.FromSeconds(1));
        await AskAsync<FoundNodes>(node, peer, new FindNode(default, default, WantsRecord: false));
    });

    /// <summary>Six nodes, the last of which answers as it likes; null never.</summary>
    private static Cluster With(
        Func<Cluster, IMessage, IMessage?> answer, Func<Cluster, IMessage, IMessage?>? providers = null)
    {
        Cluster cluster = DhtNodes.Of(6)
            .WithSettings(Liar, static settings => settings with { Dht = new DhtSettings() });
        return cluster.Where(Liar, protocol =>
        {
            Serve<FindNode>(protocol, answer);
            Serve<GetProviders>(protocol, providers ?? answer);
        });

        void Serve<T>(ProtocolBuilder protocol, Func<Cluster, IMessage, IMessage?> reply)
            where T : class, IMessage<T> => protocol.Catalog.Serve(
                MessageDecoder<T>.Instance, HandlerMode.Asynchronous, async (request, context) =>
            {
                if (reply(cluster, (IMessage)request) is { } answered)
                {
                    return answered;
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, cluster.World.TimeProvider, context.CancellationToken);
                return null!;
            });
    }

    private static async Task FindEachOtherAsync(Cluster cluster)
    {
        for (int i = 1; i < 5; i++)
        {
            NodeRecord? found = await cluster.Nodes[i].Node.FindAsync(cluster.Nodes[(i % 4) + 1].Id);
            Assert.Equal(cluster.Nodes[(i % 4) + 1].Id, found!.Id);
        }
    }

    private static Task<TReply> AskAsync<TReply>(P2PNode node, Peer peer, IMessage request)
        where TReply : class, IMessage<TReply>
    {
        PendingAsk<TReply> pending = new(peer, TReply.TypeCode);
        node.Context.Asks.Post(
            new PostedAsk(pending, PayloadWriter.Encode(request), Lane.Normal, TimeSpan.FromSeconds(5), null));
        return node.AwaitAsync(pending, CancellationToken.None);
    }

    private static ReadOnlyMemory<byte> Own(Cluster cluster) => cluster[Liar].Node.CreateRecord().Bytes;

    private static ReadOnlyMemory<byte> Record(
        Cluster cluster, int node, string network = "cluster", TimeSpan ahead = default, string? host = "elsewhere",
        string service = "chain") => NodeRecord.Create(
            SimulatedNetwork.CreateSigner(cluster.Nodes[node].Id),
            new RecordFields
            {
                NetworkId = network,
                Sequence = 1,
                UnixMilliseconds =
                    (cluster.World.TimeProvider.GetUtcNow() + ahead).ToUnixTimeMilliseconds(),
                Addresses = host is null ? [] : [new PeerAddress(host, 1)],
                Services = [service],
            }).Bytes;

    private static ReadOnlyMemory<byte> Changed(ReadOnlyMemory<byte> record)
    {
        byte[] changed = record.ToArray();
        changed[70] ^= 1;
        return changed;
    }
}
