namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Keys and their distance.</summary>
public sealed class DhtKeyTests
{
    [Fact]
    public void The_distance_is_a_metric()
    {
        SplitMix64 random = new(1);
        for (int i = 0; i < 500; i++)
        {
            DhtKey a = DhtKey.Random(ref random);
            DhtKey b = DhtKey.Random(ref random);
            DhtKey c = DhtKey.Random(ref random);
            Assert.Equal(default, a.DistanceTo(a));
            Assert.Equal(a.DistanceTo(b), b.DistanceTo(a));
            Assert.Equal(a.DistanceTo(b).DistanceTo(b.DistanceTo(c)), a.DistanceTo(c));

            // Of two keys, the one that shares more bits with a third is closer to it.
            Assert.Equal(
                a.SharedBits(c).CompareTo(b.SharedBits(c)) > 0,
                a.SharedBits(c) != b.SharedBits(c) && a.DistanceTo(c).CompareTo(b.DistanceTo(c)) < 0);
        }
    }

    [Fact]
    public void A_key_near_another_shares_exactly_so_many_bits()
    {
        SplitMix64 random = new(2);
        for (int bits = 0; bits < DhtKey.Bits; bits++)
        {
            DhtKey key = DhtKey.Random(ref random);
            Assert.Equal(bits, key.Near(bits, ref random).SharedBits(key));
        }
    }

    [Fact]
    public void A_key_survives_its_bytes_and_has_their_order()
    {
        SplitMix64 random = new(3);
        DhtKey[] keys = [.. Enumerable.Range(0, 100).Select(_ => DhtKey.Random(ref random))];
        Assert.All(keys, static key => Assert.Equal(key, new DhtKey(key.ToBytes())));
        Assert.Equal(keys.OrderBy(static key => $"{key}", StringComparer.Ordinal), keys.Order());
        Assert.Throws<ArgumentException>(() => new DhtKey(new byte[31]));
    }

    [Fact]
    public void The_keys_of_services_differ_by_network_and_name()
    {
        DhtKey[] keys =
        [
            DhtKey.OfService("a", "bc"), DhtKey.OfService("ab", "c"), DhtKey.OfService("a", "bd"),
            DhtKey.OfService("b", "bc"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.4.4", true)]
    [InlineData("100.64.1.1", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("198.51.100.7", false)]
    [InlineData("node7", false)]
    public void Private_hosts_are_those_that_the_Internet_does_not_reach(string host, bool isPrivate) =>
        Assert.Equal(isPrivate, DhtGroups.IsPrivate(host));

    [Fact]
    public void A_group_is_what_one_operator_gets_cheaply()
    {
        PeerAddress[] addresses =
        [
            new("198.51.100.7", 1), new("198.51.100.8", 2), new("a.Example.org", 1), new("b.c.example.org", 1),
            new("2001:db8::1", 1), new("2001:db8::ffff", 1), new("10.0.0.1", 1), new("node7", 1),
        ];
        Assert.Equal(["198.51.100.0/24", "EXAMPLE.ORG", "2001:db8::/64", "NODE7"], DhtGroups.Of(addresses));
    }
}
