namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>Which network an address belongs to, and where it can be reached from.</summary>
public sealed class NetworkGroupTests
{
    [Theory]
    [InlineData("8.8.8.8", AddressKind.Public)]
    [InlineData("::ffff:8.8.8.8", AddressKind.Public)]
    [InlineData("2a00::1", AddressKind.Public)]
    [InlineData("10.1.2.3", AddressKind.Private)]
    [InlineData("172.31.0.1", AddressKind.Private)]
    [InlineData("172.32.0.1", AddressKind.Public)]
    [InlineData("192.168.0.1", AddressKind.Private)]
    [InlineData("169.254.1.1", AddressKind.Private)]
    [InlineData("100.127.1.1", AddressKind.Private)]
    [InlineData("fd00::1", AddressKind.Private)]
    [InlineData("fe80::1", AddressKind.Private)]
    [InlineData("127.9.9.9", AddressKind.Loopback)]
    [InlineData("::1", AddressKind.Loopback)]
    [InlineData("0.1.2.3", AddressKind.Unroutable)]
    [InlineData("192.0.2.1", AddressKind.Unroutable)]
    [InlineData("224.0.0.1", AddressKind.Unroutable)]
    [InlineData("255.255.255.255", AddressKind.Unroutable)]
    [InlineData("2001:db8::1", AddressKind.Unroutable)]
    [InlineData("ff02::1", AddressKind.Unroutable)]
    [InlineData("2002:a00:1::1", AddressKind.Private)]
    [InlineData("2002:808:808::1", AddressKind.Public)]
    [InlineData("64:ff9b::7f00:1", AddressKind.Loopback)]
    [InlineData("node.example.org", AddressKind.Name)]
    public void An_address_is_of_a_kind(string host, object kind) =>
        Assert.Equal((AddressKind)kind, NetworkGroup.KindOf(new PeerAddress(host, 1)));

    [Theory]
    [InlineData("8.8.1.1", "8.8.255.255", true)]
    [InlineData("8.8.1.1", "8.9.1.1", false)]
    [InlineData("2a00:1:2::1", "2a00:1:3::1", true)]
    [InlineData("2a00:1::1", "2a00:2::1", false)]
    [InlineData("2002:808:101::1", "8.8.9.9", true)]
    [InlineData("64:ff9b::808:909", "8.8.1.1", true)]
    [InlineData("10.1.1.1", "10.1.1.2", false)]
    public void Addresses_of_one_network_are_one_group(string one, string other, bool same) => Assert.Equal(
        same, NetworkGroup.Of(new PeerAddress(one, 1)) == NetworkGroup.Of(new PeerAddress(other, 2)));

    [Fact]
    public void Each_port_of_the_own_machine_is_a_group() => Assert.NotEqual(
        NetworkGroup.Of(new PeerAddress("127.0.0.1", 1)), NetworkGroup.Of(new PeerAddress("127.0.0.1", 2)));
}
