using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Mesh;
using BlockMesh.Messages;
using BlockMesh.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.Mesh;

[Collection(SocketCollection.Name)]
public sealed class ChainNodeTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<ChainNode> _nodes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (ChainNode node in _nodes)
        {
            await node.DisposeAsync();
        }

        _directory.Dispose();
    }

    [Fact]
    public async Task An_altered_chain_is_refused_and_fetched_from_another_peer()
    {
        ChainNode liar = await StartAsync(
            new ChainNodeSettings { Name = "liar", Source = BitFlip.InBlock(RealChain.Data, 2, 1300) });
        ChainNode honest = await StartAsync(
            new ChainNodeSettings { Name = "honest", Source = RealChain.Data, Pace = 200 });
        ChainNode node = await StartAsync(new ChainNodeSettings { Name = "node", Bootstrap = [liar.Address] });

        var refusal = Assert.IsType<BlockRefusal>(await node.FirstRefusal.WaitAsync(Patience));
        Assert.Equal((2, BlockVerdict.BadMerkleRoot), (refusal.Height, refusal.Verdict));
        Assert.Equal(new ChainStatus(10_237, 2, Settled: false), node.Status);


        // The honest peer has the rest, also when the liar is asked first.
        ChainNode second = await StartAsync(
            new ChainNodeSettings { Name = "second", Bootstrap = [liar.Address, honest.Address] });
        await second.Settled.WaitAsync(Patience);
        Assert.Equal(new ChainStatus(10_237, 176, Settled: true), second.Status);
        Assert.All(second.Refusals,
            refused => Assert.Equal(BlockVerdict.BadMerkleRoot, Assert.IsType<BlockRefusal>(refused).Verdict));
    }

    [Fact]
    public async Task When_the_asked_peer_leaves_another_is_asked()
    {
        ChainNode first = await StartAsync(
            new ChainNodeSettings { Name = "first", Source = RealChain.Data, Pace = 40 });
        ChainNode node = await StartAsync(new ChainNodeSettings { Name = "node", Bootstrap = [first.Address] });
        ChainNode follower = await StartAsync(new ChainNodeSettings { Name = "follower", Bootstrap = [node.Address] });
        await UntilAsync(() => node.Status.Blocks > 0);
        await first.DisposeAsync();
        _nodes.Remove(first);

        ChainNode other = await StartAsync(
            new ChainNodeSettings { Name = "other", Source = RealChain.Data, Listen = first.Address });
        await follower.Settled.WaitAsync(Patience);
        Assert.Equal(new ChainStatus(10_237, 176, Settled: true), node.Status);
        Assert.Empty(node.Refusals);
        Assert.True(other.Statistics.BytesSent > 0);
    }

    [Fact]
    public async Task A_node_on_a_store_asks_only_for_what_it_lacks()
    {
        using (ChainStore store = ChainStore.Open(_directory.Path, ChainRules.Mainnet))
        {
            for (int from = 0; from < 10_000; from += 2000)
            {
                store.AppendHeaders(RealChain.Data.Headers.Span.Slice(from * 80, 2000 * 80));
            }

            Assert.All(
                RealChain.Data.Blocks.Take(170), block => Assert.Equal(BlockVerdict.Valid, store.AppendBlock(block)));
        }

        ChainNode source = await StartAsync(new ChainNodeSettings { Name = "source", Source = RealChain.Data });
        ChainNode node = await StartAsync(new ChainNodeSettings
        {
            Name = "node", Bootstrap = [source.Address], StoreDirectory = _directory.Path,
        });
        await node.Settled.WaitAsync(Patience);

        Assert.Equal(new ChainStatus(10_237, 176, Settled: true), node.Status);

        // 237 headers and 6 blocks are 20 KB. All of them would be 860 KB.
        Assert.InRange(node.Statistics.BytesReceived, 237 * 80, 100_000);
    }

    [Fact]
    public async Task A_store_in_use_ends_the_start_with_its_reason()
    {
        using ChainStore store = ChainStore.Open(_directory.Path, ChainRules.Mainnet);
        ChainStoreException e = await Assert.ThrowsAsync<ChainStoreException>(
            () => StartAsync(new ChainNodeSettings { Name = "node", StoreDirectory = _directory.Path }));
        Assert.Equal(ChainStoreFault.InUse, e.Reason);
    }

    [Fact]
    public async Task A_source_sends_altered_data_and_each_receiver_judges_it()
    {
        SourceData altered = BitFlip.InLargeBlock(RealChain.Data, 0);
        ChainNode source = await StartAsync(new ChainNodeSettings { Name = "source", Source = altered });
        ChainNode node = await StartAsync(new ChainNodeSettings { Name = "node", Bootstrap = [source.Address] });
        await node.Settled.WaitAsync(Patience);
        await source.AnnounceAsync(altered.LargeBlock);

        var refusal = Assert.IsType<AnnouncementRefusal>(await node.FirstRefusal.WaitAsync(Patience));
        Assert.Equal(BlockVerdict.BadProofOfWork, refusal.Verdict);
        Assert.False(node.Announced.IsCompleted);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private async Task<ChainNode> StartAsync(ChainNodeSettings settings)
    {
        ChainNode node = await ChainNode.StartAsync(settings, NullLoggerFactory.Instance);
        _nodes.Add(node);
        return node;
    }
}
