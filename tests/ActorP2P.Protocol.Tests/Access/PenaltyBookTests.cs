namespace ActorP2P.Protocol.Tests;

public class PenaltyBookTests
{
    private static readonly BanTarget Address = Of("192.0.2.1");
    private readonly PenaltyBook _book = new();

    [Fact]
    public void A_hundred_points_are_too_many()
    {
        Assert.False(_book.Charge(TimeSpan.Zero, Address, 99));
        Assert.True(_book.Charge(TimeSpan.Zero, Address, 1));
    }

    [Fact]
    public void Points_that_led_to_a_ban_are_used_up()
    {
        Assert.True(_book.Charge(TimeSpan.Zero, Address, 100));
        Assert.False(_book.Charge(TimeSpan.Zero, Address, 99));
    }

    [Fact]
    public void Points_belong_to_an_address_with_all_its_ports()
    {
        _book.Charge(TimeSpan.Zero, Of("192.0.2.1", 7000), 99);
        Assert.False(_book.Charge(TimeSpan.Zero, Of("192.0.2.2", 7000), 1));
        Assert.True(_book.Charge(TimeSpan.Zero, Of("192.0.2.1", 1), 1));
    }

    [Fact]
    public void Points_of_an_id_are_not_those_of_an_address()
    {
        BanTarget id = BanTarget.From(NodeId.FromPublicKey([1]));
        _book.Charge(TimeSpan.Zero, id, 99);
        Assert.False(_book.Charge(TimeSpan.Zero, Address, 1));
        Assert.False(_book.Charge(TimeSpan.Zero, BanTarget.From(NodeId.FromPublicKey([2])), 1));
        Assert.True(_book.Charge(TimeSpan.Zero, id, 1));
    }

    [Fact]
    public void Ten_points_are_forgiven_every_hour()
    {
        for (int hour = 0; hour < 1000; hour++)
        {
            Assert.False(_book.Charge(TimeSpan.FromHours(hour), Address, 10));
        }

        BanTarget other = Of("192.0.2.9");
        _book.Charge(TimeSpan.Zero, other, 90);
        Assert.False(_book.Charge(TimeSpan.FromHours(5), other, 59));
        Assert.True(_book.Charge(TimeSpan.FromHours(5), other, 1));
    }

    [Fact]
    public void The_book_is_bounded_and_removes_the_stalest_first()
    {
        _book.Charge(TimeSpan.Zero, Of("192.0.2.2"), 99);
        for (int i = 0; i < PenaltyBook.Capacity - 2; i++)
        {
            _book.Charge(TimeSpan.FromSeconds(1), Of($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}"), 1);
        }

        _book.Charge(TimeSpan.FromSeconds(1), Address, 99);
        _book.Charge(TimeSpan.FromSeconds(1), Of("192.0.2.3"), 1);

        Assert.InRange(_book.Count, PenaltyBook.Capacity / 2, PenaltyBook.Capacity);
        Assert.False(_book.Charge(TimeSpan.FromSeconds(1), Of("192.0.2.2"), 1));
        Assert.True(_book.Charge(TimeSpan.FromSeconds(1), Address, 1));
    }

    private static BanTarget Of(string host, int port = 1) => BanTarget.Of(new PeerAddress(host, port), out _);
}
