using ActorP2P;
using BlockMesh.CommandLine;
using BlockMesh.Mesh;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Tests.CommandLine;

public sealed class MeshFileTests : IDisposable
{
    private const string TwoNodes = """
        common { network-id = two, request-timeout = 3s }
        nodes {
          first = ${common} { listen = "127.0.0.1:9301" }
          "second.one" = ${common} { listen = "127.0.0.1:9302", bootstrap = [ ${nodes.first.listen} ] }
        }
        blockmesh {
          first { source = on, pace = 7 }
          "second.one".store = kept
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_of_several_nodes_describes_all_of_them()
    {
        IReadOnlyList<ChainNodeSettings> nodes = Load(TwoNodes);

        Assert.Equal(["first", "second.one"], nodes.Select(node => node.Name));
        Assert.Equal([true, false], nodes.Select(node => node.Source is not null));
        Assert.Equal([7, null], nodes.Select(node => node.Pace));
        Assert.Equal([null, "kept"], nodes.Select(node => node.StoreDirectory));
        Assert.Equal(new PeerAddress("127.0.0.1", 9302), nodes[1].Listen);
        Assert.Equal([new PeerAddress("127.0.0.1", 9301)], nodes[1].Bootstrap);
        Assert.All(nodes,
            node => Assert.Equal(("two", 3), (node.Network!.NetworkId, (int)node.Network.RequestTimeout.TotalSeconds)));
    }

    [Fact]
    public void The_command_line_overrides_the_file_and_what_it_substitutes()
    {
        IReadOnlyList<ChainNodeSettings> nodes = Load(TwoNodes, options => options with
        {
            Overrides = ["common.network-id = other", "nodes.first.listen = \"127.0.0.1:9401\""],
        });

        Assert.All(nodes, node => Assert.Equal("other", node.Network!.NetworkId));
        Assert.Equal([nodes[0].Listen], nodes[1].Bootstrap);
        Assert.Equal(9401, nodes[0].Listen.Port);
    }

    [Fact]
    public void One_node_may_be_chosen_and_its_own_options_override()
    {
        PeerAddress elsewhere = new("127.0.0.1", 9);
        ChainNodeSettings node = Assert.Single(Load(TwoNodes, options => options with
        {
            NodeName = "second.one", NodePort = 0, Bootstrap = [elsewhere], StoreDirectory = "mine", Pace = 3,
        }));

        Assert.Equal(("second.one", 0, "mine", 3), (node.Name, node.Listen.Port, node.StoreDirectory, node.Pace));
        Assert.Equal([elsewhere], node.Bootstrap);
        Assert.Equal("two", node.Network!.NetworkId);
    }

    [Fact]
    public void A_file_with_only_the_section_actorp2p_is_one_node()
    {
        ChainNodeSettings node = Assert.Single(Load("""
            actorp2p { network-id = alone, listen = "127.0.0.1:0" }
            blockmesh.source = on
            """));

        Assert.Equal(("node", "alone", true), (node.Name, node.Network!.NetworkId, node.Source is not null));
    }

    [Theory]
    [InlineData("x = 1", "neither a block nodes nor a block actorp2p")]
    [InlineData("nodes { a { listen = off } }", "a: listen is off")]
    [InlineData("nodes { a { listen = \"127.0.0.1:0\", max-connections = 0 } }", "a: max-connections is 0")]
    [InlineData("nodes { a {}, b {} }", "No node of")]
    [InlineData("nodes { a {} }, blockmesh.a.pace = 0", "a: pace is 0")]
    [InlineData("nodes { a {} }, blockmesh.a { source = on, store = x }", "a: store is for nodes that sync")]
    public void An_invalid_file_is_refused_with_the_reason(string text, string complaint) =>
        Assert.Contains(
            complaint, Assert.Throws<ArgumentException>(() => Load(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_of_one_node_do_not_fit_several()
    {
        Assert.Contains("--name", Refused(options => options with { NodePort = 1 }), StringComparison.Ordinal);
        Assert.Contains("--name", Refused(options => options with { StoreDirectory = "s" }), StringComparison.Ordinal);
        Assert.Contains(
            "no node named third", Refused(options => options with { NodeName = "third" }), StringComparison.Ordinal);
    }

    private string Refused(Func<MeshOptions, MeshOptions> change) =>
        Assert.Throws<ArgumentException>(() => Load(TwoNodes, change)).Message;

    private IReadOnlyList<ChainNodeSettings> Load(string text, Func<MeshOptions, MeshOptions>? change = null)
    {
        string file = Path.Combine(_directory.Path, "mesh.conf");
        File.WriteAllText(file, text);
        MeshOptions options = new() { LogFile = "-", HoconFile = file };
        return MeshFile.Load(change?.Invoke(options) ?? options, NullLogger.Instance);
    }
}
