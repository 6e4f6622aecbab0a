using System.ComponentModel;
using System.Net;

namespace ActorP2P.Protocol.Tests;

public class PeerAddressTests
{
    [Theory]
    [InlineData("192.0.2.1:7000", "192.0.2.1", 7000)]
    [InlineData("example.org:1", "example.org", 1)]
    [InlineData("[2001:db8::1]:65535", "2001:db8::1", 65535)]
    [InlineData("[fe80::1%3]:0", "fe80::1%3", 0)]
    [InlineData("bücher.example:80", "bücher.example", 80)]
    public void An_address_reads_back_as_it_is_written(string text, string host, int port)
    {
        PeerAddress address = PeerAddress.Parse(text);
        Assert.Equal((host, port), (address.Host, address.Port));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, new PeerAddress(host, port));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":80")]
    [InlineData("example.org")]
    [InlineData("example.org:")]
    [InlineData("example.org:65536")]
    [InlineData("example.org:-1")]
    [InlineData("example.org:+1")]
    [InlineData("example.org: 1")]
    [InlineData("2001:db8::1:80")]
    [InlineData("[192.0.2.1]:80")]
    [InlineData("[::1]")]
    [InlineData("[]:80")]
    [InlineData("[[::1]:80]:90")]
    [InlineData("[[::1]]:90")]
    [InlineData("[half:80")]
    [InlineData("half]:80")]
    [InlineData("user@host:80")]
    [InlineData("a/b:80")]
    [InlineData("a b:80")]
    [InlineData("a\u001b[31m:80")]
    [InlineData("a\0:80")]
    [InlineData("a\u00a0b:80")]
    [InlineData("a\u202eb:80")]
    [InlineData("[a:b]:80")]
    public void A_text_that_is_not_an_address_is_refused(string? text)
    {
        Assert.False(PeerAddress.TryParse(text, out _));
        if (text is not null)
        {
            Assert.Throws<FormatException>(() => PeerAddress.Parse(text));
        }
    }

    [Theory]
    [InlineData("192.0.2.1:7000")]
    [InlineData("[2001:db8::1]:65535")]
    [InlineData("example.org:1")]
    public void An_address_may_name_its_node(string endPoint)
    {
        NodeId id = NodeId.FromPublicKey([7]);
        PeerAddress address = PeerAddress.Parse($"p2p://{id}@{endPoint}");
        Assert.Equal(id, address.Id);
        Assert.Equal($"p2p://{id}@{endPoint}", address.ToString());
        Assert.Equal(address, new PeerAddress(address.Host, address.Port, id));
        Assert.NotEqual(address, address.WithoutId);
        Assert.Equal(PeerAddress.Parse(endPoint), address.WithoutId);
        Assert.Null(address.WithoutId.Id);
    }

    [Theory]
    [InlineData("p2p://@192.0.2.1:7000")]
    [InlineData("p2p://192.0.2.1:7000")]
    [InlineData("p2p://ID@")]
    [InlineData("p2p://ID@192.0.2.1")]
    [InlineData("p2p://ID@ID@192.0.2.1:1")]
    [InlineData("P2P://ID@192.0.2.1:1")]
    [InlineData("ID@192.0.2.1:1")]
    [InlineData("p2p://IDa@192.0.2.1:1")]
    [InlineData("p2p:// ID@192.0.2.1:1")]
    [InlineData("p2p://ID@p2p://ID@192.0.2.1:1")]
    public void An_address_with_an_id_is_parsed_strictly(string pattern)
    {
        string text = pattern.Replace("ID", NodeId.FromPublicKey([7]).ToString(), StringComparison.Ordinal);
        Assert.False(PeerAddress.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PeerAddress.Parse(text));
    }

    [Fact]
    public void A_host_longer_than_DNS_allows_is_refused()
    {
        Assert.True(PeerAddress.TryParse(new string('a', 253) + ":1", out _));
        Assert.False(PeerAddress.TryParse(new string('a', 254) + ":1", out _));
        Assert.Throws<ArgumentException>(() => new PeerAddress(new string('a', 254), 1));

        // These are 253 letters of two bytes each, which is longer than any peer accepts in a hello.
        Assert.False(PeerAddress.TryParse(new string('ä', 253) + ":1", out _));
        Assert.True(PeerAddress.TryParse(new string('ä', 126) + ":1", out _));
    }

    [Fact]
    public void An_IPv4_endpoint_mapped_into_IPv6_is_given_as_IPv4() => Assert.Equal(
        new PeerAddress("192.0.2.1", 80), PeerAddress.From(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 80)));

    [Theory]
    [InlineData("[::ffff:127.0.0.1]:80", "127.0.0.1:80")]
    [InlineData("[::FFFF:7f00:1]:80", "127.0.0.1:80")]
    [InlineData("[0:0:0:0:0:0:0:1]:80", "[::1]:80")]
    [InlineData("127.1:80", "127.0.0.1:80")]
    public void Two_spellings_of_an_IP_address_are_one(string written, string held)
    {
        PeerAddress address = PeerAddress.Parse(written);
        Assert.Equal(held, address.ToString());
        Assert.Equal(PeerAddress.Parse(held), address);
        Assert.Equal(address, new PeerAddress(written[..^3].Trim('[', ']'), 80));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("[::1]")]
    [InlineData("::1]:80")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    [InlineData("user@host")]
    public void The_constructor_refuses_the_hosts_that_parsing_refuses(string host)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new PeerAddress(host, 1));
        Assert.Contains("allowed:", refused.Message, StringComparison.Ordinal);
    }

    // This is a test of its own because the runner cannot pass an unpaired surrogate to a test.
    [Fact]
    public void A_host_with_half_a_surrogate_pair_is_refused() =>
        Assert.False(PeerAddress.TryParse("a\ud800b:80", out _));

    [Fact]
    public void An_address_without_a_port_is_not_dialled()
    {
        new PeerAddress("a", 1).RequireDialable("Bootstrap");
        ArgumentException refused =
            Assert.Throws<ArgumentException>(() => new PeerAddress("a", 0).RequireDialable("Bootstrap"));
        Assert.StartsWith(
            "Bootstrap is a:0; allowed: a port of 1 to 65535.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_converter_reads_a_text_or_refuses_it()
    {
        TypeConverter converter = TypeDescriptor.GetConverter(typeof(PeerAddress));
        Assert.Equal(new PeerAddress("a", 1), converter.ConvertFrom("a:1"));
        Assert.Throws<FormatException>(() => converter.ConvertFrom("a"));
    }
}
