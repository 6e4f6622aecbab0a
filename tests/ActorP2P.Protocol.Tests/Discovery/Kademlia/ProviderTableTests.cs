namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Which records of providers are kept, and for how long.</summary>
public sealed class ProviderTableTests
{
    private static readonly DhtKey s_key = DhtKey.OfService(DhtGiven.Network, "chain");

    private readonly ProviderTable _table = new();
    private SplitMix64 _random = new(1);
    private TimeSpan _now = TimeSpan.FromHours(5);

    [Fact]
    public void A_record_lasts_an_hour_unless_it_is_renewed()
    {
        Assert.Equal(ProviderOutcome.Kept, _table.Add(s_key, DhtGiven.Contact(1), _now));
        Assert.Equal(ProviderOutcome.Kept, _table.Add(s_key, DhtGiven.Contact(2), _now));
        _now += DhtLimits.ProviderLifetime - TimeSpan.FromTicks(1);
        Assert.Equal(ProviderOutcome.Kept, _table.Add(s_key, DhtGiven.Contact(2, sequence: 2), _now));
        Assert.Equal(2, Found().Count);

        _now += TimeSpan.FromTicks(1);
        Assert.Equal([DhtGiven.IdOf(2)], Found());
        Assert.Equal(1, _table.Count);
        _now += DhtLimits.ProviderLifetime;
        Assert.Empty(Found());
        Assert.Null(_table.NextExpiry);
    }

    [Fact]
    public void A_record_of_the_past_does_not_replace_a_newer_one()
    {
        _table.Add(s_key, DhtGiven.Contact(1, sequence: 5), _now);
        Assert.Equal(ProviderOutcome.Stale, _table.Add(s_key, DhtGiven.Contact(1, sequence: 4), _now));
    }

    [Fact]
    public void Each_bound_has_its_outcome()
    {
        for (int i = 0; i < ProviderTable.MostPerKey; i++)
        {
            Assert.Equal(ProviderOutcome.Kept, _table.Add(s_key, DhtGiven.Contact(i), _now));
        }

        Assert.Equal(ProviderOutcome.KeyFull, _table.Add(s_key, DhtGiven.Contact(1000), _now));
        Assert.Equal(ProviderOutcome.Kept, _table.Add(s_key, DhtGiven.Contact(5, sequence: 2), _now));
        for (int i = 0; i < ProviderTable.MostPerNode; i++)
        {
            Assert.Equal(
                ProviderOutcome.Kept, _table.Add(DhtKey.OfService("n", $"{i}"), DhtGiven.Contact(2000), _now));
        }

        Assert.Equal(ProviderOutcome.NodeFull, _table.Add(s_key, DhtGiven.Contact(2000), _now));
        DhtKey other = DhtKey.OfService("n", "other");
        Assert.Equal(ProviderOutcome.Kept, _table.Add(other, DhtGiven.At(3000, "198.51.100.1"), _now));
        Assert.Equal(ProviderOutcome.Kept, _table.Add(other, DhtGiven.At(3001, "198.51.100.2"), _now));
        Assert.Equal(ProviderOutcome.GroupFull, _table.Add(other, DhtGiven.At(3002, "198.51.100.3"), _now));
    }

    [Fact]
    public void The_table_has_a_bound_and_room_again_when_records_expire()
    {
        for (int i = 0; i < ProviderTable.Most; i++)
        {
            Assert.Equal(
                ProviderOutcome.Kept, _table.Add(DhtKey.OfService("n", $"{i}"), DhtGiven.Contact(i / 8), _now));
        }

        Assert.Equal(ProviderOutcome.TableFull, _table.Add(s_key, DhtGiven.Contact(5000), _now));
        Assert.Equal(
            ProviderOutcome.Kept,
            _table.Add(s_key, DhtGiven.Contact(5000), _now + DhtLimits.ProviderLifetime));
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void Of_many_providers_each_answer_names_some_and_all_in_the_end()
    {
        for (int i = 0; i < ProviderTable.MostPerKey; i++)
        {
            _table.Add(s_key, DhtGiven.Contact(i), _now);
        }

        HashSet<NodeId> seen = [];
        for (int i = 0; i < 30; i++)
        {
            IReadOnlyList<NodeId> found = Found();
            Assert.Equal(DhtLimits.MaxProviders, found.Distinct().Count());
            seen.UnionWith(found);
        }

        Assert.Equal(ProviderTable.MostPerKey, seen.Count);
    }

    [Fact]
    public void Services_are_due_again_after_a_third_of_their_lifetime()
    {
        RepublishPlan plan = new();
        Assert.True(plan.TryAdd("b", _now));
        Assert.True(plan.TryAdd("a", _now));
        Assert.Null(plan.TakeDue(_now));
        _now += DhtLimits.RepublishAfter;
        Assert.Equal(_now, plan.NextDue);
        Assert.Equal(("a", "b"), (plan.TakeDue(_now), plan.TakeDue(_now)));
        Assert.Null(plan.TakeDue(_now));
        plan.Retry("b", _now);
        Assert.Equal("b", plan.TakeDue(_now + DhtLimits.CheckPause));
        Assert.True(plan.Remove("a"));
        for (int i = 1; i < RepublishPlan.Most; i++)
        {
            Assert.True(plan.TryAdd($"more {i}", _now));
        }

        Assert.False(plan.TryAdd("too many", _now));
        Assert.True(plan.TryAdd("b", _now));
    }

    [Fact]
    public void A_peer_may_ask_often_at_once_and_then_slowly()
    {
        RequestAllowance allowance = new(_now);
        for (int i = 0; i < RequestAllowance.Burst; i++)
        {
            Assert.True(allowance.TryTake(_now));
        }

        Assert.False(allowance.TryTake(_now));
        _now += TimeSpan.FromSeconds(1);
        for (int i = 0; i < RequestAllowance.PerSecond; i++)
        {
            Assert.True(allowance.TryTake(_now));
        }

        Assert.False(allowance.TryTake(_now));
    }

    private IReadOnlyList<NodeId> Found() =>
        [.. _table.Of(s_key, _now, ref _random).Select(static provider => provider.Id)];
}
