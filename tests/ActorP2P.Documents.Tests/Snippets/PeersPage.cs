using System.Text.Json.Serialization;

namespace ActorP2P.Documents.Tests.Snippets;

/// <summary>The code of <c>docs/peers.md</c>, as it runs.</summary>
public sealed partial class PeersPage
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public Task A_handle_tells_and_asks() => RunAsync(async (node, address) =>
    {
        // snippet: a handle
        await using PeerHandle handle = node.Peer(address);
        await handle.TellAsync(new Reading(21.5));
        Summary summary = await handle.AskAsync<Summary>(new GetSummary(), new SendOptions
        {
            IsIdempotent = true,
            Timeout = TimeSpan.FromMinutes(5),
        });
        // end
        Assert.Equal(7, summary.Count);
    });

    [Fact]
    public Task A_handle_prepares_its_connections() => RunAsync(async (node, address) =>
    {
        // snippet: a handle that prepares its connections
        await using PeerHandle handle = node.Peer(address, new PeerHandleOptions
        {
            Prepare = async (peer, cancellationToken) =>
                await node.AskAsync<Summary>(peer, new GetSummary(), cancellationToken: cancellationToken),
        });
        // end
        await handle.ConnectedAsync().WaitAsync(s_guard);
        Assert.Equal(PeerHandleState.Connected, handle.State);
    });

    [Fact]
    public Task A_handle_has_handlers_of_its_own() => RunAsync(async (node, address) =>
    {
        List<double> heard = [];

        // snippet: a handle with handlers
        await using PeerHandle handle = node.Peer(address, new PeerHandleOptions
        {
            Handlers = protocol => protocol.OnNotify<Reading>((reading, _) => heard.Add(reading.Value)),
        });
        // end
        await handle.ConnectedAsync().WaitAsync(s_guard);
        Assert.Empty(heard);
    });

    private static async Task RunAsync(Func<P2PNode, PeerAddress, Task> use)
    {
        void Messages(ProtocolBuilder protocol) => protocol
            .UseJson(0x0101, PeersJson.Default.Reading)
            .UseJson(0x0102, PeersJson.Default.GetSummary)
            .UseJson(0x0103, PeersJson.Default.Summary);
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol =>
        {
            Messages(protocol);
            protocol.OnNotify<Reading>((_, _) => default);
            protocol.OnRequest<GetSummary, Summary>((_, _) => new Summary(7));
        });
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, Messages);
        await use(client, server.ListenAddresses[0]).WaitAsync(s_guard);
    }

    internal sealed record Reading(double Value);

    internal sealed record GetSummary;

    internal sealed record Summary(int Count);

    [JsonSerializable(typeof(Reading))]
    [JsonSerializable(typeof(GetSummary))]
    [JsonSerializable(typeof(Summary))]
    internal sealed partial class PeersJson : JsonSerializerContext;
}
