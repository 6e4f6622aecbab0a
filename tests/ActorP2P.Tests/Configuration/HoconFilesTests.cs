using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class HoconFilesTests
{
    [Fact]
    public void Single_node_conf_spells_out_every_default()
    {
        P2PSettings settings = Load("single-node.conf");

        P2PSettings defaults = new();
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
        P2PSettings settings = Load("cluster.conf");

        Assert.Equal("cluster", settings.NetworkId);
        Assert.Equal(TimeSpan.FromSeconds(15), settings.Session.PingAfter);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Session.PongTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Dial.MaxBackoff);
        Assert.Equal(new SessionSettings().CreditWindow, settings.Session.CreditWindow);
    }

    [Theory]
    [InlineData("listen = nowhere", "listen")]
    [InlineData("bootstrap = [\"a:1\", \"b\"]", "bootstrap")]
    [InlineData("session { credit-window = 1KiB }", "CreditWindow")]
    [InlineData("max-connections = 0", "MaxConnections")]
    public void A_value_that_is_not_allowed_is_named(string text, string key)
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() => P2PSettings.From(ConfigurationFactory.ParseString(text)));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_are_read_and_listening_can_be_off()
    {
        P2PSettings settings = P2PSettings.From(ConfigurationFactory.ParseString("listen = off, bootstrap = [\"a:1\", \"[::1]:2\"]"));

        Assert.Null(settings.Listen);
        Assert.Equal([new PeerAddress("a", 1), new PeerAddress("::1", 2)], settings.Bootstrap);
    }

    private static P2PSettings Load(string file) => P2PSettings.From(ConfigurationFactory
        .ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", file))).GetConfig("actorp2p"));
}
