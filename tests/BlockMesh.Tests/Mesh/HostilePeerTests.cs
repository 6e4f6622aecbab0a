using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.Mesh;
using BlockMesh.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.Mesh;

/// <summary>
/// A node between a peer that misbehaves and one that holds the data. It must end with all data, whatever the first
/// peer does.
/// </summary>
[Collection(SocketCollection.Name)]
public sealed class HostilePeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ChainStatus Boast = new(int.MaxValue, int.MaxValue, Settled: true);
    private static readonly SourceChain Chain = new(RealChain.Data);

    [Fact]
    public async Task A_peer_that_claims_headers_and_gives_none_is_refused()
    {
        Refusal refusal = await RefusalBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>((ask, _) => new Headers(Boast, ask.From, default)));
        Assert.Contains(
            "it says that it holds 2147483647", Assert.IsType<ReplyRefusal>(refusal).Answered,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_claims_more_headers_than_it_sends_is_refused()
    {
        Refusal refusal = await RefusalBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>(
                (ask, _) => new Headers(Boast, ask.From, Chain.ReadHeaders(ask.From, ask.Max))));
        Assert.IsType<ReplyRefusal>(refusal);
    }

    [Fact]
    public async Task A_peer_that_answers_with_another_range_is_refused()
    {
        Refusal refusal = await RefusalBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>(
                (ask, _) => new Headers(Boast, ask.From + 1, Chain.ReadHeaders(ask.From + 1, ask.Max))));
        Assert.IsType<ReplyRefusal>(refusal);
    }

    [Fact]
    public async Task A_peer_that_repeats_headers_is_refused()
    {
        Refusal refusal = await RefusalBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>((ask, _) => new Headers(Boast, ask.From, Chain.ReadHeaders(3, ask.Max))));
        Assert.IsType<HeaderRefusal>(refusal);
    }

    [Fact]
    public async Task A_peer_that_claims_blocks_and_sends_none_only_delays()
    {
        var status = new ChainStatus(10_237, 10_237, Settled: true);
        await SyncBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>(
                (ask, _) => new Headers(status, ask.From, Chain.ReadHeaders(ask.From, ask.Max)))
            .OnRequest<GetBlocks, Blocks>((ask, _) => new Blocks(status, ask.From, [])));
    }

    [Fact]
    public async Task A_peer_whose_answers_cannot_be_read_is_left_alone() =>
        await SyncBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, NonsenseHeaders>((_, _) => new NonsenseHeaders()));

    [Fact]
    public async Task A_peer_that_declines_every_request_is_left_alone() =>
        await SyncBesideAsync(protocol => protocol
            .OnRequest<GetHeaders, Headers>(Headers (_, _) => throw new RequestRefusedException(0x100, "not today")));

    [Fact]
    public async Task A_peer_that_has_no_such_service_is_left_alone() =>
        Assert.Empty(await RunAsync(_ => { }, _ => Task.CompletedTask));

    private static async Task SyncBesideAsync(Action<ProtocolBuilder> hostile) =>
        Assert.Empty(await RunAsync(InService(hostile), _ => Task.CompletedTask));

    private static async Task<Refusal> RefusalBesideAsync(Action<ProtocolBuilder> hostile) =>
        Assert.Single(await RunAsync(InService(hostile), node => node.FirstRefusal));

    /// <summary>The hostile peer says that it takes part in the service; otherwise it would not be asked.</summary>
    private static Action<ProtocolBuilder> InService(Action<ProtocolBuilder> hostile) =>
        protocol => hostile(protocol.Service(MessageCodes.Service, "blockmesh"));

    private static async Task<IReadOnlyList<Refusal>> RunAsync(
        Action<ProtocolBuilder> hostile, Func<ChainNode, Task> awaited)
    {
        await using P2PNode peer = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "blockmesh-mainnet" }, hostile);
        await using ChainNode source = await StartAsync(
            new ChainNodeSettings { Name = "source", Source = RealChain.Data });
        await using ChainNode node = await StartAsync(
            new ChainNodeSettings { Name = "node", Bootstrap = [peer.ListenAddresses[0], source.Address] });

        await node.Settled.WaitAsync(Patience);
        await awaited(node).WaitAsync(Patience);
        Assert.Equal(new ChainStatus(10_237, 176, Settled: true), node.Status);
        return node.Refusals;
    }

    private static Task<ChainNode> StartAsync(ChainNodeSettings settings) =>
        ChainNode.StartAsync(settings, NullLoggerFactory.Instance);
}
