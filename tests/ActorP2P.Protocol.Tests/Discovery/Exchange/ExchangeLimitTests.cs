namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>How many addresses a peer may tell, and to whom fresh ones go.</summary>
public sealed class ExchangeLimitTests
{
    [Fact]
    public void A_peer_may_tell_ten_addresses_and_then_one_in_ten_seconds()
    {
        AddressQuota quota = new(TimeSpan.Zero);
        Assert.Equal(10, quota.Take(1_000, TimeSpan.Zero));
        Assert.Equal(0, quota.Take(5, TimeSpan.FromSeconds(9)));
        Assert.Equal(1, quota.Take(5, TimeSpan.FromSeconds(10)));
        Assert.Equal(1_000, quota.Take(5_000, TimeSpan.FromDays(30)));
    }

    [Fact]
    public void A_clock_that_goes_back_brings_no_tokens()
    {
        AddressQuota quota = new(TimeSpan.FromHours(1));
        Assert.Equal(10, quota.Take(1_000, TimeSpan.Zero));
        Assert.Equal(0, quota.Take(5, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_fresh_record_goes_to_the_same_two_peers_all_day()
    {
        RelayQueue relay = new(Books.Empty().Hash);
        for (int peer = 1; peer <= 10; peer++)
        {
            relay.Add(peer);
        }

        BookRecord record = new(NodeId.FromPublicKey([1]), 1, Books.Today, [1]);
        long[] first = Told(relay, record, Books.Today);
        Assert.Equal(2, first.Length);
        Assert.Equal(first, Told(relay, record, Books.Today + TimeSpan.FromHours(20)));
        Assert.Contains(
            Enumerable.Range(1, 20),
            days => !first.SequenceEqual(Told(relay, record, Books.Today + TimeSpan.FromDays(days))));
    }

    [Fact]
    public void A_record_does_not_go_back_and_a_peer_is_told_ten_at_a_time()
    {
        RelayQueue relay = new(Books.Empty().Hash);
        relay.Add(1);
        relay.Add(2);
        for (byte node = 0; node < 20; node++)
        {
            relay.Relay(new BookRecord(NodeId.FromPublicKey([node]), 1, Books.Today, [node]), from: 2, Books.Today);
        }

        KeyValuePair<long, List<byte[]>> told = Assert.Single(relay.TakeAll());
        Assert.Equal((1, RelayQueue.MostAtATime), (told.Key, told.Value.Count));
        Assert.Empty(relay.TakeAll());
    }

    private static long[] Told(RelayQueue relay, BookRecord record, TimeSpan now)
    {
        relay.Relay(record, from: 0, now);
        return [.. relay.TakeAll().Select(static told => told.Key)];
    }
}
