using ActorP2P.Hocon;
using ActorP2P.Protocol;
using AkkaConfig = Akka.Configuration.Config;
using AkkaFactory = Akka.Configuration.ConfigurationFactory;

namespace ActorP2P.Tests;

public sealed class HoconFilesTests
{
    [Fact]
    public void Single_node_conf_spells_out_every_default()
    {
        P2PNodeOptions settings = Load("single-node.conf");

        P2PNodeOptions defaults = new();
        Assert.Equal(defaults.Session, settings.Session);
        Assert.Equal(defaults.Dial, settings.Dial);
        Assert.Equal(defaults with { Announce = [], Bootstrap = [] }, settings with
        {
            Announce = defaults.Announce,
            Bootstrap = defaults.Bootstrap,
            Session = defaults.Session,
            Dial = defaults.Dial,
        });
    }

    [Fact]
    public void Cluster_conf_shortens_the_timers_and_keeps_the_rest()
    {
        P2PNodeOptions settings = Load("cluster.conf");

        Assert.Equal("cluster", settings.NetworkId);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Session.PingAfter);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Session.PongTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Dial.MaxBackoff);
        Assert.Equal(new SessionSettings().CreditWindow, settings.Session.CreditWindow);
    }

    [Fact]
    public void Cluster_conf_takes_addresses_from_the_environment()
    {
        P2PNodeOptions settings = P2PNodeOptions.From(Read("cluster.conf", name => name switch
        {
            "ACTORP2P_LISTEN" => "10.0.0.1:9009",
            "ACTORP2P_FIRST_PEER" => "10.0.0.2:9009",
            _ => null,
        }).GetConfig("actorp2p"));

        Assert.Equal(new PeerAddress("10.0.0.1", 9009), settings.Listen);
        Assert.Equal([new PeerAddress("10.0.0.2", 9009)], settings.Bootstrap);
    }

    [Fact]
    public void Line_of_five_conf_is_a_line_of_five()
    {
        P2PNodeOptions[] nodes = Nodes("line-of-five.conf");

        Assert.Equal(5, nodes.Length);
        Assert.Empty(nodes[0].Bootstrap);
        for (int i = 1; i < nodes.Length; i++)
        {
            Assert.Equal([nodes[i - 1].Listen!], nodes[i].Bootstrap);
        }
        Assert.All(nodes, node => Assert.Equal("line-of-five", node.NetworkId));
        Assert.All(nodes, node => Assert.Equal(TimeSpan.FromMilliseconds(100), node.Dial.FirstBackoff));
    }

    [Fact]
    public void Loopback_bench_conf_has_two_nodes_with_wide_bounds()
    {
        P2PNodeOptions[] nodes = Nodes("loopback-bench.conf");

        Assert.Equal(2, nodes.Length);
        Assert.Null(nodes[1].Listen);
        Assert.Equal([nodes[0].Listen!], nodes[1].Bootstrap);
        Assert.All(nodes, node => Assert.Equal(16 * 1024 * 1024, node.Session.CreditWindow));
    }

    [Fact]
    public void The_node_in_the_README_is_ten_lines_that_load()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        string block = readme.Split("```hocon\n")[1].Split("```")[0];
        string file = Path.GetTempFileName();
        File.WriteAllText(file, block);
        P2PNodeOptions settings = Checked(HoconConfig.FromFile(file).GetConfig("actorp2p"));
        File.Delete(file);

        Assert.Equal(10, block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("chess", settings.NetworkId);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Dial.MaxBackoff);
        Assert.Equal(4 * 1024 * 1024, settings.Session.MaxMessage);
        Assert.Equal(2, settings.Bootstrap.Count);
    }

    [Theory]
    [InlineData("single-node.conf")]
    [InlineData("cluster.conf")]
    [InlineData("line-of-five.conf")]
    [InlineData("loopback-bench.conf")]
    [InlineData("run.conf")]
    [InlineData("local-mesh.conf")]
    public void Akka_holds_every_file_with_the_same_values(string file)
    {
        HoconConfig ours = Read(file, name => name == "ACTORP2P_FIRST_PEER" ? "10.0.0.2:9009" : null);

        AkkaConfig theirs = AkkaFactory.ParseString(ours.ToPlainHocon());

        Assert.Equal(ours.ToPlainHocon(), AkkaConfigReader.Read(theirs).ToPlainHocon());
    }

    private static P2PNodeOptions[] Nodes(string file)
    {
        HoconConfig nodes = Read(file, _ => null).GetConfig("nodes");
        return [.. nodes.AsEnumerable().Select(node => Checked(nodes.GetConfig(node.Key)))];
    }

    private static P2PNodeOptions Load(string file) => Checked(Read(file, _ => null).GetConfig("actorp2p"));

    private static P2PNodeOptions Checked(HoconConfig config)
    {
        P2PNodeOptions settings = P2PNodeOptions.From(config, out IReadOnlyList<UnknownSetting> unknown);
        Assert.Empty(unknown);
        return settings;
    }

    private static HoconConfig Read(string file, Func<string, string?> environment) => HoconConfig.FromFile(
        Path.Combine(AppContext.BaseDirectory, "hocon", file), new HoconOptions { Environment = environment });
}
