using System.Net;
using System.Net.Sockets;
using BlockMesh.Chain;
using BlockMesh.CommandLine;
using BlockMesh.Demo;
using BlockMesh.Mesh;
using BlockMesh.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.Demo;

[Collection(SocketCollection.Name)]
public sealed class MeshRunTests
{
    private const int HeaderBits = 80 * 8;

    // These are byte offsets in the large block.
    private const int Nonce = 79;
    private const int CoinbaseVersion = 83;
    private const int ReservedValue = 314;
    private const int Signature = 520;
    private const int LastByte = 1_581_622;

    // This is a byte of the signature in the transaction.
    private const int InSignature = 60;

    [Fact]
    public async Task Five_nodes_in_a_line_all_complete_their_sync()
    {
        MeshResult result = await RunAsync(RealChain.Data);

        Assert.StartsWith(
            "OK: 5 nodes hold 10237 headers, 176 blocks and block ", result.Summary, StringComparison.Ordinal);
        Assert.Contains(
            "000000000000000000014ce9ba7c6760053c3c82ce6ab43d60afb101d3c8f1f1", result.Summary,
            StringComparison.Ordinal);
        Assert.True(result.Succeeded);
        Assert.Equal(5, result.Nodes.Count);
        Assert.All(result.Nodes, node =>
        {
            Assert.Equal((10_237, 176, true), (node.Headers, node.Blocks, node.LargeBlock));
            Assert.True(node.Transaction);
            Assert.Empty(node.Refusals);
            Assert.NotNull(node.SettledAfter);
        });

        // Every node except the last passes on everything: 819 KB of headers, 38 KB of blocks, 1.58 MB of the large
        // block.
        Assert.All(result.Nodes.Skip(1), node => Assert.InRange(node.BytesReceived, 2_438_820, 2_700_000));
        Assert.All(result.Nodes.SkipLast(1), node => Assert.InRange(node.BytesSent, 2_438_820, 2_700_000));
    }

    [Fact]
    public async Task Nodes_of_a_file_all_complete_their_sync()
    {
        using TemporaryDirectory directory = new();
        (int first, int second) = (FreePort(), FreePort());
        await File.WriteAllTextAsync(directory.File("mesh.conf"), $$"""
            common { network-id = described, dial.first-backoff = 50ms }
            nodes {
              last = ${common} { listen = "127.0.0.1:0", bootstrap = [ ${nodes.middle.listen} ] }
              middle = ${common} { listen = "127.0.0.1:{{second}}", bootstrap = [ ${nodes.first.listen} ] }
              first = ${common} { listen = "127.0.0.1:{{first}}" }
            }
            blockmesh { first.source = on, middle.store = "{{directory.File("store")}}" }
            """);
        MeshOptions options = new() { LogFile = "-", HoconFile = directory.File("mesh.conf") };
        MeshSettings settings =
            new() { Data = RealChain.Data, Described = MeshFile.Load(options, NullLogger.Instance) };
        await using (MeshRun run = new(settings, NullLoggerFactory.Instance))
        {
            MeshResult result = await run.RunAsync();
            Assert.StartsWith("OK: 3 nodes hold 10237 headers, 176 blocks", result.Summary, StringComparison.Ordinal);
            Assert.Equal(["last", "middle", "first"], result.Nodes.Select(node => node.Name));
        }

        using ChainStore kept = ChainStore.Open(directory.File("store"), ChainRules.Mainnet,
            NullLogger<ChainStore>.Instance);
        Assert.Equal((10_237, 176), (kept.HeaderCount, kept.BlockCount));
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [Theory]
    [InlineData(0, 0, HeaderVerdict.WrongGenesis)]
    [InlineData(1, 32, HeaderVerdict.WrongParent)]
    [InlineData(2001, 600, HeaderVerdict.WrongTarget)]
    [InlineData(5000, 300, HeaderVerdict.InsufficientWork)]
    [InlineData(10_236, HeaderBits - 1, HeaderVerdict.InsufficientWork)]
    public async Task A_flipped_bit_in_a_header_fails_the_run(int height, int bit, HeaderVerdict expected)
    {
        MeshResult result = await RunAsync(BitFlip.InHeader(RealChain.Data, height, bit));

        HeaderRefusal refusal = AssertRefused<HeaderRefusal>(result);
        Assert.Equal((height, expected), (refusal.Height, refusal.Verdict));
        Assert.All(result.Nodes.Skip(1), node => Assert.InRange(node.Headers, 0, height));
    }

    [Theory]
    [InlineData(0, 5, BlockVerdict.UnknownHeader)]
    [InlineData(175, HeaderBits - 1, BlockVerdict.UnknownHeader)]
    [InlineData(0, HeaderBits + 8, BlockVerdict.BadMerkleRoot)]
    [InlineData(90, HeaderBits, BlockVerdict.Malformed)]
    [InlineData(100, 1000, BlockVerdict.BadMerkleRoot)]
    [InlineData(170, 490 * 8 - 1, BlockVerdict.BadMerkleRoot)]
    public async Task A_flipped_bit_in_a_block_fails_the_run(
        int height, int bit, BlockVerdict expected)
    {
        MeshResult result = await RunAsync(BitFlip.InBlock(RealChain.Data, height, bit));

        BlockRefusal refusal = AssertRefused<BlockRefusal>(result);
        Assert.Equal((height, expected), (refusal.Height, refusal.Verdict));
        Assert.All(result.Nodes.Skip(1), node => Assert.InRange(node.Blocks, 0, height));
    }

    [Theory]
    [InlineData(Nonce, BlockVerdict.BadProofOfWork)]
    [InlineData(CoinbaseVersion, BlockVerdict.BadMerkleRoot)]
    [InlineData(LastByte, BlockVerdict.BadMerkleRoot)]
    [InlineData(ReservedValue, BlockVerdict.BadWitnessCommitment)]
    [InlineData(Signature, BlockVerdict.BadWitnessCommitment)]
    public async Task A_flipped_bit_in_the_large_block_fails_the_run(
        int offset, BlockVerdict expected)
    {
        MeshResult result = await RunAsync(BitFlip.InLargeBlock(RealChain.Data, offset * 8));

        Assert.Equal(expected, AssertRefused<AnnouncementRefusal>(result).Verdict);
        Assert.All(result.Nodes.Skip(1),
            node => Assert.Equal((10_237, 176, false), (node.Headers, node.Blocks, node.LargeBlock)));
    }

    [Fact]
    public async Task A_flipped_bit_in_the_transaction_fails_the_run()
    {
        MeshResult result = await RunAsync(BitFlip.InTransaction(RealChain.Data, InSignature * 8));

        Assert.Equal(TransactionVerdict.BadSignature, AssertRefused<TransactionRefusal>(result).Verdict);
        Assert.All(result.Nodes.Skip(1), node => Assert.False(node.Transaction));
    }

    [Fact]
    public async Task An_interrupted_or_too_long_run_has_failed()
    {
        await using var interrupted = new MeshRun(
            new MeshSettings { Data = RealChain.Data }, NullLoggerFactory.Instance);
        MeshResult result = await interrupted.RunAsync(new CancellationToken(canceled: true));
        Assert.Equal((false, "FAILED: interrupted"), (result.Succeeded, result.Summary));

        await using var late = new MeshRun(
            new MeshSettings { Data = RealChain.Data, Timeout = TimeSpan.Zero }, NullLoggerFactory.Instance);
        result = await late.RunAsync();
        Assert.StartsWith("FAILED: not done after 0 s", result.Summary, StringComparison.Ordinal);
    }

    private static async Task<MeshResult> RunAsync(SourceData data)
    {
        await using var run = new MeshRun(
            new MeshSettings { Data = data, Timeout = TimeSpan.FromSeconds(30) }, NullLoggerFactory.Instance);
        return await run.RunAsync();
    }

    private static T AssertRefused<T>(MeshResult result)
        where T : Refusal
    {
        Assert.False(result.Succeeded);
        Assert.StartsWith("FAILED: node-", result.Summary, StringComparison.Ordinal);
        Assert.Contains("refused", result.Summary, StringComparison.Ordinal);
        Assert.Empty(result.Nodes[0].Refusals);
        return Assert.IsType<T>(result.Nodes[1].Refusals[0]);
    }
}
