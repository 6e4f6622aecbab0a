using System.CommandLine;
using ActorP2P;
using BlockMesh.Chain;
using BlockMesh.CommandLine;

namespace BlockMesh.Tests.CommandLine;

public sealed class MeshCommandTests
{
    [Fact]
    public void Without_arguments_it_runs_five_nodes_on_its_own_data()
    {
        MeshOptions options = Parse();
        Assert.Null(options.NodePort);
        Assert.Equal(SourceData.DefaultDirectory, options.DataDirectory);
        Assert.Equal(TimeSpan.FromSeconds(120), options.Timeout);
        Assert.Equal(Path.Combine("logs", "blockmesh.log"), options.LogFile);
    }

    [Fact]
    public void Every_option_reaches_the_program()
    {
        MeshOptions options = Parse(
            "--node", "4001", "--bootstrap", "127.0.0.1:4000", "--bootstrap", "[::1]:5", "--store", "s", "--pace", "7",
            "--timeout", "9", "--exit-when-synced", "--log", "l.txt");
        Assert.Equal(4001, options.NodePort);
        Assert.Equal([new PeerAddress("127.0.0.1", 4000), new PeerAddress("::1", 5)], options.Bootstrap);
        Assert.Equal(("s", 7, "l.txt"), (options.StoreDirectory, options.Pace, options.LogFile));
        Assert.Equal(TimeSpan.FromSeconds(9), options.Timeout);
        Assert.True(options.ExitWhenSynced);
        Assert.False(options.OnlyBootstrap);
        Assert.True(Parse("--node", "0", "--only-bootstrap").OnlyBootstrap);

        options = Parse("--node", "0", "--source", "--data", "d");
        Assert.True(options.Source);
        Assert.Equal((0, "d"), (options.NodePort, options.DataDirectory));

        options = Parse("--hocon", "f.conf", "--name", "n", "--set", "a = 1", "--set", "b.c = \"d\"", "--pace", "2");
        Assert.Equal(("f.conf", "n", 2), (options.HoconFile, options.NodeName, options.Pace));
        Assert.Equal(["a = 1", "b.c = \"d\""], options.Overrides);
        Assert.Equal(Path.Combine("logs", "blockmesh-n.log"), options.LogFile);
    }

    [Fact]
    public void Each_node_process_logs_to_a_file_of_its_own()
    {
        Assert.Equal(Path.Combine("logs", "blockmesh-4001.log"), Parse("--node", "4001").LogFile);
        Assert.Contains($"{Environment.ProcessId}", Parse("--node", "0").LogFile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--node needs a number", "--node", "x")]
    [InlineData("a port", "--node", "65536")]
    [InlineData("a port", "--node", "-1")]
    [InlineData("a rate", "--pace", "0")]
    [InlineData("a time", "--timeout", "0")]
    [InlineData("an address", "--node", "0", "--bootstrap", "nowhere")]
    [InlineData("an address to dial", "--node", "0", "--bootstrap", "127.0.0.1:0")]
    [InlineData("only of a single node", "--bootstrap", "127.0.0.1:1")]
    [InlineData("only of a single node", "--source")]
    [InlineData("only of a single node", "--store", "s")]
    [InlineData("only of a single node", "--exit-when-synced")]
    [InlineData("only of a single node", "--only-bootstrap")]
    [InlineData("a file says it itself", "--hocon", "f.conf", "--node", "0", "--only-bootstrap")]
    [InlineData("not of a source", "--node", "0", "--source", "--store", "s")]
    [InlineData("not of a source", "--node", "0", "--source", "--exit-when-synced")]
    [InlineData("only with a file", "--name", "n")]
    [InlineData("only with a file", "--node", "0", "--set", "a = 1")]
    [InlineData("unknown", "--bogus")]
    public void Invalid_arguments_are_refused(string why, params string[] arguments) =>
        Assert.True(Command(_ => { }).Parse(arguments).Errors.Count > 0, why);

    private static MeshOptions Parse(params string[] arguments)
    {
        MeshOptions? options = null;
        ParseResult parsed = Command(given => options = given).Parse(arguments);
        Assert.Empty(parsed.Errors);
        Assert.Equal(0, parsed.Invoke());
        return options!;
    }

    private static RootCommand Command(Action<MeshOptions> run) => MeshCommand.Create((options, _) =>
    {
        run(options);
        return Task.FromResult(0);
    });
}
