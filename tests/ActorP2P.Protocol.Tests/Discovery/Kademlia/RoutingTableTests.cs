namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Who has a place in the routing table, and who loses it.</summary>
public sealed class RoutingTableTests
{
    private readonly RoutingTable _table = new(DhtGiven.IdOf(0));
    private TimeSpan _now = TimeSpan.FromHours(10);

    [Fact]
    public void A_node_that_answers_keeps_its_place_against_newcomers()
    {
        DhtContact[] first = Far(DhtLimits.Closest, from: 1);
        Assert.All(first, contact => Assert.Equal(RoutingOutcome.Added, _table.Hear(contact, _now)));
        Assert.All(first, contact => _table.Answered(contact.Id, isReachable: true, _now));

        DhtContact late = Far(1, from: 100_000)[0];
        Assert.Equal(RoutingOutcome.Waiting, _table.Hear(late, _now));
        _table.Answered(late.Id, isReachable: true, _now);

        Assert.DoesNotContain(late, _table.ClosestTo(late.Key, 100, isForOthers: false));
        Assert.Equal(DhtLimits.Closest, _table.Count);
    }

    [Fact]
    public void A_waiting_node_takes_the_place_of_one_that_fails()
    {
        DhtContact[] first = Far(DhtLimits.Closest, from: 1);
        Array.ForEach(first, contact => Know(contact));
        DhtContact late = Far(1, from: 100_000)[0];
        _table.Hear(late, _now);

        _table.Failed(first[3].Id, _now);

        Assert.Null(_table.Find(first[3].Id));
        Assert.Contains(late, _table.ClosestTo(late.Key, 100, isForOthers: false));
    }

    [Fact]
    public void Without_a_waiting_node_three_failures_end_a_place()
    {
        DhtContact contact = DhtGiven.Contact(1);
        Know(contact);
        _table.Failed(contact.Id, _now);
        _table.Failed(contact.Id, _now);
        Assert.Equal(1, _table.Count);
        Assert.Empty(_table.ClosestTo(contact.Key, 1, isForOthers: true));

        _table.Failed(contact.Id, _now);
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_node_that_answers_replaces_one_that_never_did()
    {
        DhtContact[] first = Far(DhtLimits.Closest, from: 1);
        Array.ForEach(first, contact => _table.Hear(contact, _now));
        Array.ForEach(first[1..], contact => _table.Answered(contact.Id, isReachable: true, _now));
        DhtContact late = Far(1, from: 100_000)[0];
        _table.Hear(late, _now);

        _table.Answered(late.Id, isReachable: true, _now);

        Assert.Null(_table.Find(first[0].Id));
        Assert.Contains(late, _table.ClosestTo(late.Key, 100, isForOthers: true));
    }

    [Fact]
    public void Others_are_told_only_of_nodes_that_can_be_dialled()
    {
        DhtContact heard = DhtGiven.Contact(1);
        DhtContact answered = DhtGiven.Contact(2);
        _table.Hear(heard, _now);
        _table.Hear(answered, _now);
        _table.Answered(answered.Id, isReachable: false, _now);
        Assert.Empty(_table.ClosestTo(heard.Key, 10, isForOthers: true));

        _table.Answered(answered.Id, isReachable: true, _now);
        Assert.Equal([answered], _table.ClosestTo(heard.Key, 10, isForOthers: true));
    }

    [Fact]
    public void A_bucket_takes_few_nodes_of_a_group_of_addresses()
    {
        int number = 1;
        for (int i = 0; i < 50; i++)
        {
            number = FarNumber(number);
            _table.Hear(DhtGiven.At(number++, $"198.51.100.{i}"), _now);
        }

        Assert.Equal((DhtLimits.PerGroup, DhtLimits.PerGroup), (_table.Count, _table.Waiting));
        number = FarNumber(number);
        Assert.Equal(RoutingOutcome.Added, _table.Hear(DhtGiven.At(number, "198.51.101.1"), _now));
    }

    [Fact]
    public void The_table_takes_few_nodes_of_a_group_whatever_their_keys()
    {
        for (int i = 1; i < 5000; i++)
        {
            _table.Hear(DhtGiven.At(i, $"198.51.100.{i & 255}"), _now);
        }

        Assert.Equal(DhtLimits.PerGroupInTable, _table.Count);
    }

    [Fact]
    public void A_record_of_the_past_changes_nothing()
    {
        Know(DhtGiven.At(1, "198.51.100.1", sequence: 7));
        Assert.Equal(RoutingOutcome.Stale, _table.Hear(DhtGiven.At(1, "203.0.113.9", sequence: 6), _now));
        Assert.Equal(RoutingOutcome.Known, _table.Hear(DhtGiven.At(1, "198.51.100.1", sequence: 7), _now));
        Assert.True(_table.Find(DhtGiven.IdOf(1))!.Contact.IsAt("198.51.100.1"));
    }

    [Fact]
    public void A_node_that_moves_shows_again_that_it_can_be_dialled()
    {
        Know(DhtGiven.At(1, "198.51.100.1", sequence: 7));
        Assert.Equal(RoutingOutcome.Renewed, _table.Hear(DhtGiven.At(1, "203.0.113.9", sequence: 8), _now));
        Assert.Empty(_table.ClosestTo(_table.Key, 10, isForOthers: true));
        Assert.Equal(DhtGiven.IdOf(1), _table.TakeCheck(_now)!.Id);
    }

    [Fact]
    public void A_node_is_checked_when_it_was_not_heard_of_for_a_while()
    {
        DhtContact contact = DhtGiven.Contact(1);
        _table.Hear(contact, _now);
        Assert.Equal(contact, _table.TakeCheck(_now));
        Assert.Null(_table.TakeCheck(_now));

        _table.Answered(contact.Id, isReachable: true, _now);
        Assert.Equal(_now + DhtLimits.CheckAfter, _table.NextCheck);
        Assert.Null(_table.TakeCheck(_now + DhtLimits.CheckAfter - TimeSpan.FromTicks(1)));
        Assert.Equal(contact, _table.TakeCheck(_now + DhtLimits.CheckAfter));
    }

    [Fact]
    public void Each_part_of_the_key_space_is_walked_to_once_in_a_while()
    {
        for (int i = 1; i < 200; i++)
        {
            Know(DhtGiven.Contact(i));
        }

        SplitMix64 random = new(1);
        HashSet<int> walked = [];
        while (_table.TakeWalk(_now, ref random) is { } key)
        {
            Assert.True(walked.Add(key.SharedBits(_table.Key)));
        }

        // 199 nodes: those beyond three shared bits are among the closest, which the own key finds.
        Assert.InRange(walked.Count, 2, 5);
        _now += DhtLimits.RefreshAfter;
        Assert.NotNull(_table.TakeWalk(_now, ref random));
    }

    [Fact]
    public void The_closest_nodes_are_those_of_a_sorted_list()
    {
        SplitMix64 random = new(4);
        List<DhtContact> all = [.. Enumerable.Range(1, 300).Select(static number => DhtGiven.Contact(number))];
        all.ForEach(contact => Know(contact));
        List<DhtContact> kept = [.. all.Where(contact =>
            _table.ClosestTo(contact.Key, 1, isForOthers: false)[0] == contact)];
        for (int i = 0; i < 50; i++)
        {
            DhtKey key = DhtKey.Random(ref random);
            Assert.Equal(
                kept.OrderBy(contact => contact.Key.DistanceTo(key)).Take(20),
                _table.ClosestTo(key, 20, isForOthers: true));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_table_keeps_its_bounds_whatever_happens(int seed)
    {
        SplitMix64 random = new((ulong)seed);
        for (int i = 0; i < 20_000; i++)
        {
            int number = (int)(random.Next() % 3000);
            _now += TimeSpan.FromMilliseconds(random.Next() % 2000);
            switch (random.Next() % 5)
            {
                case 0 or 1:
                    _table.Hear(
                        DhtGiven.At(number, $"198.51.{random.Next() % 200}.1", random.Next() % 3), _now);
                    break;
                case 2:
                    _table.Answered(DhtGiven.IdOf(number), random.Next() % 2 == 0, _now);
                    break;
                case 3:
                    _table.Failed(DhtGiven.IdOf(number), _now);
                    break;
                default:
                    _table.TakeCheck(_now);
                    break;
            }
        }

        IReadOnlyList<DhtContact> all = _table.ClosestTo(_table.Key, int.MaxValue, isForOthers: false);
        Assert.Equal(_table.Count, all.Count);
        Assert.Equal(all.Count, all.DistinctBy(static contact => contact.Id).Count());
        foreach (IGrouping<int, DhtContact> bucket in all.GroupBy(contact => contact.Key.SharedBits(_table.Key)))
        {
            Assert.InRange(bucket.Count(), 1, DhtLimits.Closest);
            Assert.All(
                bucket.SelectMany(static contact => contact.Groups).CountBy(static group => group),
                static group => Assert.InRange(group.Value, 1, DhtLimits.PerGroup));
        }

        Assert.All(
            all.SelectMany(static contact => contact.Groups).CountBy(static group => group),
            static group => Assert.InRange(group.Value, 1, DhtLimits.PerGroupInTable));
    }

    private void Know(DhtContact contact)
    {
        _table.Hear(contact, _now);
        _table.Answered(contact.Id, isReachable: true, _now);
    }

    // Nodes that share no bit with this one: they compete for one bucket.
    private DhtContact[] Far(int count, int from)
    {
        List<DhtContact> far = [];
        for (int number = FarNumber(from); far.Count < count; number = FarNumber(number + 1))
        {
            far.Add(DhtGiven.Contact(number));
        }

        return [.. far];
    }

    private int FarNumber(int from)
    {
        while (DhtKey.Of(DhtGiven.IdOf(from)).SharedBits(_table.Key) > 0)
        {
            from++;
        }

        return from;
    }
}
