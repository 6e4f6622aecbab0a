namespace ActorP2P.Protocol.Tests;

public class PullBookTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    private readonly PullBook _book = new();

    [Fact]
    public void After_ten_seconds_the_next_peer_is_asked()
    {
        Assert.True(_book.Announce(Start, Id(1), link: 7));
        Assert.False(_book.Announce(Start, Id(1), link: 8));
        Assert.Equal(Start + PullBook.Patience, _book.Deadline);
        Assert.False(_book.TryTakeOverdue(Start + TimeSpan.FromSeconds(9.9), out _));

        Assert.True(_book.TryTakeOverdue(Start + PullBook.Patience, out (BroadcastId Id, long? Link) overdue));
        Assert.Equal((Id(1), 8L), overdue);
        Assert.False(_book.TryTakeOverdue(Start + PullBook.Patience, out _));

        Assert.True(_book.TryTakeOverdue(Start + (2 * PullBook.Patience), out overdue));
        Assert.Equal((Id(1), null), overdue);
        Assert.Equal(0, _book.Count);
        Assert.Null(_book.Deadline);
    }

    [Fact]
    public void A_peer_that_announces_a_broadcast_again_is_asked_again()
    {
        _book.Announce(Start, Id(1), 7);

        Assert.True(_book.Announce(Start, Id(1), 7));
        Assert.Equal(1, _book.Count);
    }

    [Fact]
    public void A_broadcast_that_has_arrived_is_not_asked_for()
    {
        _book.Announce(Start, Id(1), 7);

        Assert.True(_book.Arrive(Id(1)));
        Assert.False(_book.Arrive(Id(1)));
        Assert.False(_book.TryTakeOverdue(Start + PullBook.Patience, out _));
    }

    [Fact]
    public void Broadcasts_asked_of_a_lost_link_are_asked_of_others()
    {
        _book.Announce(Start, Id(1), 7);
        _book.Announce(Start, Id(1), 8);
        _book.Announce(Start, Id(1), 9);
        _book.Announce(Start, Id(2), 7);
        _book.Announce(Start, Id(3), 9);
        _book.Announce(Start, Id(3), 8);

        Assert.Empty(_book.Forget(Start, 8));
        Assert.Equal([(Id(1), 9L)], _book.Forget(Start, 7));
        Assert.Empty(_book.Forget(Start, 9));
        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public void Invented_ids_fill_only_a_peers_share()
    {
        for (int i = 0; i < PullBook.Quota; i++)
        {
            Assert.True(_book.Announce(Start, Id(i), 7));
        }

        Assert.False(_book.Announce(Start, Id(PullBook.Quota), 7));
        Assert.True(_book.Announce(Start, Id(PullBook.Quota), 8));
        Assert.True(_book.Arrive(Id(0)));
        Assert.True(_book.Announce(Start, Id(PullBook.Quota + 1), 7));
    }

    [Fact]
    public void All_peers_together_cannot_exceed_the_book()
    {
        for (int i = 0; i < PullBook.Capacity; i++)
        {
            Assert.True(_book.Announce(Start, Id(i), 1 + (i / PullBook.Quota)));
        }

        Assert.False(_book.Announce(Start, Id(PullBook.Capacity), 1000));
        Assert.Equal(PullBook.Capacity, _book.Count);
    }

    private static BroadcastId Id(int number) => new(1, (ulong)number);
}
