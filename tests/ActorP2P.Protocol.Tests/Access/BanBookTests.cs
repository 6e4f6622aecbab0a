using System.Net;

namespace ActorP2P.Protocol.Tests;

public class BanBookTests
{
    private static readonly PeerAddress Address = new("192.0.2.1", 7000);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly BanBook _book = new();

    [Fact]
    public void A_ban_ends_at_its_time_even_if_it_is_not_removed()
    {
        Add(Address, TimeSpan.FromMinutes(10));

        Assert.NotNull(_book.Bans.Of(TimeSpan.FromMinutes(10) - Tick, Address));
        Assert.Null(_book.Bans.Of(TimeSpan.FromMinutes(10), Address));
        Assert.Equal(1, _book.Bans.Count);
    }

    [Fact]
    public void Penalties_ban_an_id_for_a_day_and_an_address_for_minutes()
    {
        NodeId id = NodeId.FromPublicKey([1]);
        Assert.Equal(TimeSpan.FromDays(1), BanBook.TimeFor(id));
        Assert.Equal(TimeSpan.FromMinutes(10), BanBook.TimeFor(Address));
        Add(id, BanBook.TimeFor(id));
        for (int minute = 0; minute < 24 * 60; minute++)
        {
            Assert.NotNull(_book.Bans.Of(TimeSpan.FromMinutes(minute), id));
        }

        Assert.Null(_book.Bans.Of(TimeSpan.FromHours(24), id));
    }

    [Fact]
    public void Loopback_is_never_banned()
    {
        Add(IPNetwork.Parse("0.0.0.0/0"), TimeSpan.FromHours(1));
        Add(IPNetwork.Parse("::/0"), TimeSpan.FromHours(1));

        Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("127.0.0.1", 1)));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("::1", 1)));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("localhost", 1)));
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, Address));
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("2001:db8::1", 1)));
    }

    [Fact]
    public void One_IPv6_subscriber_is_one_address()
    {
        Add(new PeerAddress("2001:db8:1:2::1", 1), TimeSpan.FromHours(1));
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("2001:db8:1:2:ffff::9", 1)));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("2001:db8:1:3::1", 1)));
    }

    [Fact]
    public void A_mapped_IPv4_address_is_that_IPv4_address()
    {
        Add(new PeerAddress("::ffff:192.0.2.1", 1), TimeSpan.FromHours(1));
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, Address));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("::ffff:192.0.2.2", 1)));
    }

    [Fact]
    public void Networks_of_every_length_are_found()
    {
        IPAddress ip = IPAddress.Parse("203.0.113.77");
        IPAddress ip6 = IPAddress.Parse("2001:db8:85a3:8d3:1319:8a2e:370:7348");
        foreach ((IPAddress address, int most) in new[] { (ip, 32), (ip6, 128) })
        {
            for (int length = 0; length <= most; length++)
            {
                BanTarget network = BanTarget.Of(address, length);
                Add(network, TimeSpan.FromHours(1));
                Assert.Equal(network, _book.Bans.Of(TimeSpan.Zero, new PeerAddress($"{address}", 1))?.Target);
                _book.Lift(network);
                Assert.Null(_book.Bans.Of(TimeSpan.Zero, new PeerAddress($"{address}", 1)));
            }
        }
    }

    [Fact]
    public void A_ban_of_an_address_concerns_no_neighbour()
    {
        Random random = new(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] bytes = new byte[4];
            random.NextBytes(bytes);
            bytes[0] = 10;
            int length = random.Next(8, 33);
            BanTarget target = BanTarget.Of(new IPAddress(bytes), length);
            Add(target, TimeSpan.FromHours(1));
            byte[] other = [10, (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
            PeerAddress asked = new($"{new IPAddress(other)}", 1);

            bool isInside = _book.Bans.All.Any(entry => entry.Ban.Target.Network!.Value.Contains(new IPAddress(other)));
            Assert.Equal(isInside, _book.Bans.Of(TimeSpan.Zero, asked) is not null);
            if (i % 3 == 0)
            {
                _book.Lift(target);
            }
        }
    }

    [Fact]
    public void Penalties_do_not_ban_a_persistent_peer_but_the_program_does()
    {
        Add(Address, TimeSpan.FromHours(1));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, Address, isPersistent: true));
        Add(Address, TimeSpan.FromHours(1), BanOrigin.Program);
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, Address, isPersistent: true));
    }

    [Fact]
    public void Penalties_never_shorten_a_ban()
    {
        Add(Address, TimeSpan.FromHours(2));
        Assert.Equal(BanOutcome.Kept, Add(Address, TimeSpan.FromHours(1)));
        Assert.NotNull(_book.Bans.Of(TimeSpan.FromHours(2) - Tick, Address));
        Assert.Equal(BanOutcome.Set, Add(Address, TimeSpan.FromHours(3)));
        Assert.NotNull(_book.Bans.Of(TimeSpan.FromHours(3) - Tick, Address));
    }

    [Fact]
    public void Penalties_do_not_change_a_ban_of_the_program()
    {
        Add(Address, TimeSpan.FromMinutes(1), BanOrigin.Program);
        Assert.Equal(BanOutcome.Kept, Add(Address, TimeSpan.FromHours(1)));
        Assert.Null(_book.Bans.Of(TimeSpan.FromMinutes(1), Address));
    }

    [Fact]
    public void The_program_can_shorten_a_ban()
    {
        Add(Address, TimeSpan.FromHours(2));
        Assert.Equal(BanOutcome.Set, Add(Address, TimeSpan.FromHours(1), BanOrigin.Program));
        Assert.Null(_book.Bans.Of(TimeSpan.FromHours(1), Address));
        Assert.Equal(1, _book.Bans.Count);
    }

    [Fact]
    public void Bans_are_removed_in_the_order_of_their_ends()
    {
        Add(new PeerAddress("192.0.2.3", 1), TimeSpan.FromMinutes(3));
        Add(new PeerAddress("192.0.2.1", 1), TimeSpan.FromMinutes(1));
        Add(new PeerAddress("192.0.2.2", 1), TimeSpan.FromMinutes(2));

        Assert.Null(_book.TakeEnded(TimeSpan.FromMinutes(1) - Tick));
        Assert.Equal("192.0.2.1/32", $"{_book.TakeEnded(TimeSpan.FromMinutes(2))!.Target}");
        Assert.Equal("192.0.2.2/32", $"{_book.TakeEnded(TimeSpan.FromMinutes(2))!.Target}");
        Assert.Null(_book.TakeEnded(TimeSpan.FromMinutes(2)));
        Assert.Equal("192.0.2.3/32", $"{_book.Bans.First!.Ban.Target}");
    }

    [Fact]
    public void A_full_book_drops_the_penalty_ban_that_ends_first()
    {
        Add(new PeerAddress("10.255.0.1", 1), TimeSpan.FromMinutes(1), BanOrigin.Program);
        Add(new PeerAddress("10.255.0.2", 1), TimeSpan.FromMinutes(2));
        for (int i = _book.Bans.Count; i < BanBook.Capacity; i++)
        {
            Add(new PeerAddress($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 1), TimeSpan.FromHours(1));
        }

        Assert.Equal(BanOutcome.Set, Add(Address, TimeSpan.FromHours(1), BanOrigin.Penalty, out Ban? displaced));
        Assert.Equal("10.255.0.2/32", $"{displaced!.Target}");
        Assert.Equal(BanBook.Capacity, _book.Bans.Count);
        Assert.NotNull(_book.Bans.Of(TimeSpan.Zero, new PeerAddress("10.255.0.1", 1)));
    }

    [Fact]
    public void A_book_full_of_the_programs_bans_takes_no_more()
    {
        for (int i = 0; i < BanBook.Capacity; i++)
        {
            Add(
                new PeerAddress($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 1), TimeSpan.FromHours(1),
                BanOrigin.Program);
        }

        Assert.Equal(BanOutcome.Full, Add(Address, TimeSpan.FromHours(1), BanOrigin.Program));
        Assert.Null(_book.Bans.Of(TimeSpan.Zero, Address));
    }

    private BanOutcome Add(BanTarget target, TimeSpan duration, BanOrigin origin = BanOrigin.Penalty) =>
        Add(target, duration, origin, out _);

    private BanOutcome Add(BanTarget target, TimeSpan duration, BanOrigin origin, out Ban? displaced) => _book.Add(
        TimeSpan.Zero, new Ban(target, DateTimeOffset.UnixEpoch, duration, "test", origin), duration, out displaced);
}
