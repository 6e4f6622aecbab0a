using BlockMesh.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.CommandLine;

[Collection(SocketCollection.Name)]
public sealed class NodeCommandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stop = new(Patience);

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task A_node_says_where_it_listens_how_far_it_is_and_when_it_has_everything()
    {
        using var sourceLines = new LineWatcher();
        using var nodeLines = new LineWatcher();
        Task<int> source = RunAsync(new MeshOptions { NodePort = 0, Source = true, LogFile = "-" }, sourceLines);
        string address = (await sourceLines.NextAsync("LISTENING ", _stop.Token))["LISTENING ".Length..];
        Assert.Equal("SYNCED headers=10237 blocks=176", await sourceLines.NextAsync("SYNCED", _stop.Token));

        var options = new MeshOptions
        {
            NodePort = 0,
            Bootstrap = [ActorP2P.Protocol.PeerAddress.Parse(address)],
            ExitWhenSynced = true,
            LogFile = "-",
        };
        int code = await RunAsync(options, nodeLines).WaitAsync(Patience);

        Assert.Equal(0, code);
        await nodeLines.NextAsync("LISTENING 127.0.0.1:", _stop.Token);
        Assert.Equal("SYNCED headers=10237 blocks=176", await nodeLines.NextAsync("SYNCED", _stop.Token));
        await sourceLines.NextAsync("CONNECTED ", _stop.Token);
        await sourceLines.NextAsync("DISCONNECTED ", _stop.Token);

        await _stop.CancelAsync();
        Assert.Equal(0, await source.WaitAsync(Patience));
    }

    private Task<int> RunAsync(MeshOptions options, LineWatcher lines) =>
        new NodeCommand(options, NullLoggerFactory.Instance, lines).RunAsync(_stop.Token);
}
