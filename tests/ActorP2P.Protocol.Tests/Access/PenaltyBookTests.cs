namespace ActorP2P.Protocol.Tests;

public class PenaltyBookTests
{
    private static readonly PeerAddress Address = new("192.0.2.1", 7000);
    private readonly PenaltyBook _book = new();

    [Fact]
    public void A_hundred_points_ban_an_address_for_ten_minutes()
    {
        Assert.False(_book.Charge(TimeSpan.Zero, Address, 99));
        Assert.False(_book.IsBanned(TimeSpan.Zero, Address));
        Assert.True(_book.Charge(TimeSpan.Zero, Address, 1));
        Assert.True(_book.IsBanned(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1), Address));
        Assert.False(_book.IsBanned(TimeSpan.FromMinutes(10), Address));
    }

    [Fact]
    public void Points_belong_to_an_address_with_all_its_ports()
    {
        _book.Charge(TimeSpan.Zero, Address, 100);
        Assert.True(_book.IsBanned(TimeSpan.Zero, new PeerAddress("192.0.2.1", 1)));
        Assert.False(_book.IsBanned(TimeSpan.Zero, new PeerAddress("192.0.2.2", 7000)));
    }

    [Fact]
    public void Ten_points_are_forgiven_every_hour()
    {
        for (int hour = 0; hour < 1000; hour++)
        {
            Assert.False(_book.Charge(TimeSpan.FromHours(hour), Address, 10));
        }

        PeerAddress other = new("192.0.2.9", 1);
        _book.Charge(TimeSpan.Zero, other, 90);
        Assert.False(_book.Charge(TimeSpan.FromHours(5), other, 59));
        Assert.True(_book.Charge(TimeSpan.FromHours(5), other, 1));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("LocalHost")]
    public void Loopback_is_closed_but_never_banned(string host)
    {
        Assert.True(_book.Charge(TimeSpan.Zero, new PeerAddress(host, 1), 100));
        Assert.False(_book.IsBanned(TimeSpan.Zero, new PeerAddress(host, 1)));
    }

    [Fact]
    public void One_IPv6_subscriber_is_one_address()
    {
        _book.Charge(TimeSpan.Zero, new PeerAddress("2001:db8:1:2::1", 1), 100);
        Assert.True(_book.IsBanned(TimeSpan.Zero, new PeerAddress("2001:db8:1:2:ffff::9", 1)));
        Assert.False(_book.IsBanned(TimeSpan.Zero, new PeerAddress("2001:db8:1:3::1", 1)));
    }

    [Fact]
    public void A_mapped_IPv4_address_is_that_IPv4_address()
    {
        _book.Charge(TimeSpan.Zero, new PeerAddress("::ffff:192.0.2.1", 1), 100);
        Assert.True(_book.IsBanned(TimeSpan.Zero, Address));
        Assert.False(_book.IsBanned(TimeSpan.Zero, new PeerAddress("::ffff:192.0.2.2", 1)));
    }

    [Fact]
    public void The_book_is_bounded_and_removes_bans_last()
    {
        _book.Charge(TimeSpan.Zero, Address, 100);
        for (int i = 0; i < 2 * PenaltyBook.Capacity; i++)
        {
            _book.Charge(TimeSpan.FromSeconds(1), new PeerAddress($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 1), 1);
        }

        Assert.InRange(_book.Count, PenaltyBook.Capacity / 2, PenaltyBook.Capacity);
        Assert.True(_book.IsBanned(TimeSpan.FromSeconds(1), Address));
    }
}
