namespace ActorP2P.Protocol.Tests;

public class GossipStateTests
{
    private static readonly BroadcastId Id = new(1, 2);
    private readonly GossipState _gossip = new(
        new SeenCache(100, 50, TimeSpan.FromMinutes(2)), new AuthorBook(TimeSpan.FromMinutes(2)));

    [Fact]
    public void A_broadcast_is_judged_once_however_often_it_comes()
    {
        Assert.True(_gossip.Arrive(TimeSpan.Zero, Id, 1));
        Assert.False(_gossip.Arrive(TimeSpan.Zero, Id, 2));
        Assert.False(_gossip.Arrive(TimeSpan.Zero, Id, 1));
        Assert.Equal((1, 2), (_gossip.Fresh, _gossip.Duplicates));
    }

    [Fact]
    public void A_broadcast_is_relayed_to_peers_that_did_not_send_it()
    {
        _gossip.Arrive(TimeSpan.Zero, Id, 1);
        _gossip.Arrive(TimeSpan.Zero, Id, 2);
        Assert.True(_gossip.IsKnown(Id, 3));
        Assert.Equal([false, false, false, true], new long[] { 1, 2, 3, 4 }.Select(link => _gossip.Wants(Id, link)));
    }

    [Fact]
    public void Our_own_broadcast_that_comes_back_is_known()
    {
        Assert.True(_gossip.Arrive(TimeSpan.Zero, Id, GossipState.Self));
        Assert.False(_gossip.Arrive(TimeSpan.Zero, Id, 1));
        Assert.True(_gossip.IsKnown(Id, 2));
    }

    [Fact]
    public void The_beginning_of_an_unknown_broadcast_notes_nothing()
    {
        Assert.False(_gossip.IsKnown(Id, 1));
        Assert.True(_gossip.Arrive(TimeSpan.Zero, Id, 2));
    }

    [Theory]
    [InlineData(Verdict.Accept, true, false)]
    [InlineData(Verdict.Ignore, false, false)]
    [InlineData(Verdict.Reject, false, false)]
    [InlineData(Verdict.Defer, false, true)]
    public void Only_accepted_broadcasts_are_relayed(
        Verdict verdict, bool relays, bool again)
    {
        _gossip.Arrive(TimeSpan.Zero, Id, 1);
        Assert.Equal(relays, _gossip.OnVerdict(Id, verdict));
        Assert.Equal(again, _gossip.Arrive(TimeSpan.Zero, Id, 2));
    }

    [Fact]
    public void The_links_noted_for_one_broadcast_are_bounded()
    {
        _gossip.Arrive(TimeSpan.Zero, Id, 1);
        for (long link = 2; link < 10_000; link++)
        {
            _gossip.IsKnown(Id, link);
        }

        Assert.Equal(129, Enumerable.Range(1, 10_000).Count(link => !_gossip.Wants(Id, link)));
    }
}
