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
    public void What_is_no_address_is_refused(string? text)
    {
        Assert.False(PeerAddress.TryParse(text, out _));
        if (text is not null)
        {
            Assert.Throws<FormatException>(() => PeerAddress.Parse(text));
        }
    }

    [Fact]
    public void A_host_longer_than_DNS_allows_is_refused()
    {
        Assert.True(PeerAddress.TryParse(new string('a', 253) + ":1", out _));
        Assert.False(PeerAddress.TryParse(new string('a', 254) + ":1", out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerAddress(new string('a', 254), 1));
    }

    [Fact]
    public void An_IPv4_endpoint_mapped_into_IPv6_is_given_as_IPv4() => Assert.Equal(
        new PeerAddress("192.0.2.1", 80), PeerAddress.From(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 80)));
}
