using System.Net;

namespace ActorP2P.Protocol.Tests;

public class BanTargetTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1/32")]
    [InlineData("2001:db8:1:2:3::9", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%eth0", "fe80::/64")]
    [InlineData("villain.example", "villain.example")]
    public void An_address_stands_for_its_subscriber(string host, string target) =>
        Assert.Equal(target, BanTarget.From(new PeerAddress(host, 7000)).ToString());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("LocalHost")]
    public void Loopback_cannot_be_banned(string host)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => BanTarget.From(new PeerAddress(host, 1)));
        Assert.Contains("allowed", refusal.Message, StringComparison.Ordinal);
        Assert.False(BanTarget.TryParse(host, out _));
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("127.1.0.0/16")]
    [InlineData("::1/128")]
    [InlineData("::ffff:127.0.0.0/104")]
    public void Networks_of_loopback_cannot_be_banned(string network)
    {
        Assert.Throws<ArgumentException>(() => BanTarget.From(IPNetwork.Parse(network)));
        Assert.Throws<FormatException>(() => BanTarget.Parse(network));
    }

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("192.0.2.0/24")]
    [InlineData("192.0.2.1/32")]
    [InlineData("2001:db8::/32")]
    [InlineData("::/0")]
    [InlineData("villain")]
    public void A_target_is_read_as_it_is_written(string text) =>
        Assert.Equal(text, BanTarget.Parse(text).ToString());

    [Fact]
    public void An_id_is_read_as_it_is_written()
    {
        NodeId id = NodeId.FromPublicKey([1]);
        Assert.Equal(id, BanTarget.Parse($"{id}").Node);
        Assert.Equal($"{id}", BanTarget.From(id).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("host:80")]
    [InlineData("192.0.2.0/33")]
    public void Other_texts_are_no_target(string? text) => Assert.False(BanTarget.TryParse(text, out _));

    [Fact]
    public void Ids_networks_and_addresses_convert_to_targets()
    {
        BanTarget id = NodeId.FromPublicKey([1]);
        BanTarget network = IPNetwork.Parse("192.0.2.0/24");
        BanTarget address = new PeerAddress("192.0.2.1", 1);

        Assert.NotNull(id.Node);
        Assert.Equal("192.0.2.0/24", network.ToString());
        Assert.Equal("192.0.2.1/32", address.ToString());
    }
}
