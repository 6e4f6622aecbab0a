using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.CommandLine;
using BlockMesh.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.CommandLine;

[Collection(SocketCollection.Name)]
public sealed class NodeCommandTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task A_node_prints_its_address_its_progress_and_its_end()
    {
        using var sourceOutput = new LineWriter();
        using var nodeOutput = new LineWriter();
        Task<int> source = RunAsync(new MeshOptions { NodePort = 0, Source = true, LogFile = "-" }, sourceOutput);
        string address = (await sourceOutput.Lines.NextAsync("LISTENING "))["LISTENING ".Length..];
        Assert.Equal("SYNCED headers=10237 blocks=176", await sourceOutput.Lines.NextAsync("SYNCED"));

        Task<int> node = RunAsync(NodeOf(PeerAddress.Parse(address)), nodeOutput);
        await nodeOutput.Lines.NextAsync("LISTENING 127.0.0.1:");
        Assert.Equal("SYNCED headers=10237 blocks=176", await nodeOutput.Lines.NextAsync("SYNCED"));
        Assert.Equal(0, await node);
        await sourceOutput.Lines.NextAsync("CONNECTED ");
        await sourceOutput.Lines.NextAsync("DISCONNECTED ");

        await _stop.CancelAsync();
        Assert.Equal("STOPPING headers=10237 blocks=176", await sourceOutput.Lines.NextAsync("STOPPING"));
        Assert.Equal(ExitCodes.Interrupted, await source);
    }

    [Fact]
    public async Task A_node_that_cannot_complete_its_sync_has_failed()
    {
        using var output = new LineWriter();
        int code = await RunAsync(NodeOf(new PeerAddress("127.0.0.1", 1)) with { Timeout = TimeSpan.Zero }, output);
        Assert.StartsWith(
            "FAILED: not synced after 0 s, headers=0 blocks=0", await output.Lines.NextAsync("FAILED"),
            StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_node_prints_the_nodes_that_it_cannot_reach()
    {
        using var output = new LineWriter();
        PeerAddress nobody = new("127.0.0.1", 1);
        Task<int> node = RunAsync(NodeOf(nobody) with { ExitWhenSynced = false }, output);

        string said = await output.Lines.NextAsync("UNREACHABLE");
        Assert.StartsWith("UNREACHABLE 127.0.0.1:1 reason=Refused ", said, StringComparison.Ordinal);
        await _stop.CancelAsync();
        Assert.Equal(ExitCodes.Interrupted, await node);
    }

    [Fact]
    public async Task A_damaged_store_is_renamed_reported_and_fetched_again()
    {
        using TemporaryDirectory directory = new();
        using (ChainStore store = ChainStore.Open(directory.Path, ChainRules.Mainnet))
        {
            store.AppendHeaders(RealChain.HeaderBytes(0).Span);
            store.AppendBlock(RealChain.Data.Blocks[0]);
        }

        // The changed bit is in the genesis block, whose header and coinbase are in the file unchanged.
        string file = directory.File("chain.db");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int block = bytes.AsSpan().IndexOf(RealChain.Data.Blocks[0].Span);
        await File.WriteAllBytesAsync(file, BitFlip.In(bytes, 8 * (block + 100)));
        using var sourceOutput = new LineWriter();
        using var nodeOutput = new LineWriter();
        Task<int> source = RunAsync(new MeshOptions { NodePort = 0, Source = true, LogFile = "-" }, sourceOutput);
        string address = (await sourceOutput.Lines.NextAsync("LISTENING "))["LISTENING ".Length..];
        MeshOptions options = NodeOf(PeerAddress.Parse(address)) with { StoreDirectory = directory.Path };
        Task<int> node = RunAsync(options, nodeOutput);

        string said = await nodeOutput.Lines.NextAsync("SETASIDE file=chain.db copy=chain.db.damaged-1");
        Assert.EndsWith(" reason=block 0 is not valid: BadMerkleRoot", said, StringComparison.Ordinal);
        Assert.True(File.Exists(directory.File("chain.db.damaged-1")));
        await nodeOutput.Lines.NextAsync("SYNCED headers=10237 blocks=176");
        Assert.Equal(ExitCodes.Done, await node);
        await _stop.CancelAsync();
        await source;
    }

    private static MeshOptions NodeOf(PeerAddress bootstrap) =>
        new() { NodePort = 0, Bootstrap = [bootstrap], ExitWhenSynced = true, LogFile = "-" };

    private Task<int> RunAsync(MeshOptions options, LineWriter output) =>
        new NodeCommand(options, NullLoggerFactory.Instance, output).RunAsync(_stop.Token);
}
