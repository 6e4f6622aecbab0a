namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Whom a lookup asks, what it makes of answers, and how it ends.</summary>
public sealed class LookupTests
{
    private static readonly DhtKey s_target = DhtKey.OfService(DhtGiven.Network, "chain");
    private static readonly NodeId s_own = DhtGiven.IdOf(0);

    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void It_asks_three_at_a_time_on_each_of_two_paths()
    {
        Lookup lookup = Begin(Contacts(1, 20));
        Assert.Equal(DhtLimits.Paths * DhtLimits.Parallel, Asked(lookup).Count);
        Assert.Equal(6, lookup.Open);
        Assert.False(lookup.TryNext(_now, out _));
    }

    [Fact]
    public void It_asks_the_closest_first_and_none_twice()
    {
        DhtContact[] all = ByDistance(Contacts(1, 30));
        Lookup lookup = Begin(all[10..]);
        List<DhtContact> asked = Asked(lookup);
        Assert.Equal(all[10..16].Select(static contact => contact.Id).Order(), asked.Select(static a => a.Id).Order());

        lookup.Answered(asked[0].Id, all[..10]);
        Assert.True(lookup.TryNext(_now, out DhtContact? next));
        Assert.Equal(all[0], next);

        HashSet<NodeId> known = [.. asked.Select(static contact => contact.Id), next.Id];
        while (lookup.End is null)
        {
            lookup.Answered(known.First(id => !lookup.Closest.Any(closest => closest.Id == id)), all);
            Assert.All(Asked(lookup), contact => Assert.True(known.Add(contact.Id)));
        }

        Assert.Equal(LookupEnd.Complete, lookup.End);
        Assert.Equal(all[..20], lookup.Closest);
    }

    [Fact]
    public void The_paths_share_no_node()
    {
        DhtContact[] seeds = Contacts(1, 2);
        Lookup lookup = Begin(seeds);
        List<DhtContact> first = Asked(lookup);
        DhtContact[] named = Contacts(100, 20);
        lookup.Answered(first[0].Id, named);
        HashSet<NodeId> ofFirst = [.. Asked(lookup).Select(static contact => contact.Id)];

        // The other path hears of the same nodes, and asks none of them.
        lookup.Answered(first[1].Id, named);
        Assert.Empty(Asked(lookup));
        Assert.Equal(3, ofFirst.Count);
    }

    [Fact]
    public void It_ends_when_the_closest_of_all_have_answered()
    {
        DhtContact[] all = ByDistance(Contacts(1, 100));
        Lookup lookup = Begin(all[50..70]);
        int asked = 0;
        while (lookup.TryNext(_now, out DhtContact? next))
        {
            asked++;
            lookup.Answered(next.Id, all);
        }

        Assert.Equal(LookupEnd.Complete, lookup.End);
        Assert.Equal(all[..20], lookup.Closest);
        Assert.InRange(asked, 20, 40);
    }

    [Fact]
    public void A_node_that_fails_makes_room_for_the_next()
    {
        DhtContact[] all = ByDistance(Contacts(1, 25));
        Lookup lookup = Begin(all);
        int number = 0;
        while (lookup.TryNext(_now, out DhtContact? next))
        {
            if (number++ % 5 == 0)
            {
                lookup.Failed(next.Id, DhtFault.Unreachable);
            }
            else
            {
                lookup.Answered(next.Id, []);
            }
        }

        Assert.Equal(LookupEnd.Complete, lookup.End);
        Assert.Equal((20, 5), (lookup.Closest.Count, lookup.Failures));
        Assert.Equal(5, lookup.Faults[DhtFault.Unreachable]);
    }

    [Fact]
    public void The_node_is_found_when_every_path_has_found_it_or_has_ended()
    {
        DhtContact wanted = DhtGiven.Contact(999, sequence: 5);
        Lookup lookup = Begin(Contacts(1, 2), wanted.Id);
        List<DhtContact> asked = Asked(lookup);

        lookup.Answered(asked[0].Id, [DhtGiven.Contact(999, sequence: 4)]);
        Assert.Null(lookup.End);
        lookup.Answered(asked[1].Id, [wanted]);

        Assert.Equal(LookupEnd.Found, lookup.End);
        Assert.Equal((5UL, 1), (lookup.Found!.Record.Sequence, lookup.Hops));
    }

    [Fact]
    public void A_record_of_the_past_does_not_hide_the_newest()
    {
        Lookup lookup = Begin(Contacts(1, 2), DhtGiven.IdOf(999));
        List<DhtContact> asked = Asked(lookup);
        lookup.Answered(asked[0].Id, [DhtGiven.Contact(999, sequence: 9)]);
        lookup.Answered(asked[1].Id, [DhtGiven.Contact(999, sequence: 2)]);
        Assert.Equal(9UL, lookup.Found!.Record.Sequence);
        Assert.Equal(1, lookup.Faults[DhtFault.Stale]);
    }

    [Fact]
    public void Without_anybody_to_ask_it_ends_at_once() =>
        Assert.Equal(LookupEnd.NobodyKnown, Begin([]).End);

    [Fact]
    public void Silence_ends_a_question_and_time_the_lookup()
    {
        LookupSettings settings = new();
        Lookup lookup = Begin(Contacts(1, 2));
        List<DhtContact> asked = Asked(lookup);
        Assert.Equal(_now + settings.QueryTimeout, lookup.NextDue);

        _now += settings.QueryTimeout;
        Assert.Equal(
            asked.Select(static contact => contact.Id).Order(), lookup.Expire(_now).Order());
        Assert.Equal((LookupEnd.Complete, 2L), (lookup.End, lookup.Faults[DhtFault.Silent]));

        Lookup slow = Begin(Contacts(1, 60));
        for (TimeSpan end = _now + settings.Timeout; _now < end; _now += TimeSpan.FromSeconds(1))
        {
            Asked(slow);
            Assert.NotEqual(LookupEnd.TimedOut, slow.End);
            slow.Expire(_now);
        }

        slow.Expire(_now);
        Assert.Equal(LookupEnd.TimedOut, slow.End);
        Assert.False(slow.TryNext(_now, out _));
        Assert.Null(slow.NextDue);
    }

    [Fact]
    public void A_late_answer_counts_for_nothing()
    {
        Lookup lookup = Begin(Contacts(1, 40));
        DhtContact late = Asked(lookup)[0];
        lookup.Expire(_now + new LookupSettings().QueryTimeout);
        lookup.Answered(late.Id, Contacts(500, 20));
        lookup.Failed(late.Id, DhtFault.Refused);
        lookup.Answered(DhtGiven.IdOf(12345), Contacts(500, 20));
        Assert.Equal((0, 6), (lookup.Answers, lookup.Failures));
    }

    [Fact]
    public void Endless_new_nodes_end_at_the_bound_of_questions()
    {
        LookupSettings settings = new();
        Lookup lookup = Begin(Contacts(1, 2));
        int from = 1000;
        while (lookup.TryNext(_now, out DhtContact? next))
        {
            // Each node invents nodes that are closer than itself.
            int bits = Math.Min(12, next.Key.SharedBits(s_target) + 1);
            List<DhtContact> invented = [];
            for (int i = 0; i < 3; i++)
            {
                from = DhtGiven.NumberNear(s_target, bits, from) + 1;
                invented.Add(DhtGiven.Contact(from - 1));
            }

            lookup.Answered(next.Id, invented);
        }

        Assert.NotNull(lookup.End);
        Assert.InRange(lookup.Queries, 1, settings.MaxQueries);
        Assert.InRange(lookup.Hops, 1, settings.MaxHops);
    }

    [Fact]
    public void A_path_takes_few_nodes_of_a_group_of_addresses()
    {
        Lookup lookup = Begin(Contacts(1, 2));
        List<DhtContact> asked = Asked(lookup);
        DhtContact[] crowd = [.. Enumerable.Range(100, 20).Select(i => DhtGiven.At(i, $"198.51.100.{i}"))];
        lookup.Answered(asked[0].Id, crowd);
        Assert.Equal(DhtLimits.PerGroup, Asked(lookup).Count);
        Assert.Equal(crowd.Length - DhtLimits.PerGroup, lookup.Faults[DhtFault.GroupFull]);
    }

    [Fact]
    public void Its_own_record_in_an_answer_is_counted_and_not_asked()
    {
        Lookup lookup = Begin(Contacts(1, 2));
        lookup.Answered(Asked(lookup)[0].Id, [DhtGiven.Contact(0)]);
        Assert.Empty(Asked(lookup));
        Assert.Equal(1, lookup.Faults[DhtFault.Own]);
    }

    [Fact]
    public void A_cancelled_lookup_asks_nobody_any_more()
    {
        Lookup lookup = Begin(Contacts(1, 20));
        DhtContact asked = Asked(lookup)[0];
        lookup.Finish(LookupEnd.Cancelled);
        lookup.Answered(asked.Id, Contacts(100, 20));
        lookup.Finish(LookupEnd.TimedOut);
        Assert.False(lookup.TryNext(_now, out _));
        Assert.Equal(LookupEnd.Cancelled, lookup.End);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void It_ends_within_its_bounds_whatever_others_do(int seed)
    {
        SplitMix64 random = new((ulong)seed);
        for (int run = 0; run < 50; run++)
        {
            LookupSettings settings = new();
            Lookup lookup = Begin(Contacts(1, (int)(random.Next() % 25)), DhtGiven.IdOf(7777));
            TimeSpan end = _now + settings.Timeout;
            List<NodeId> open = [];
            while (lookup.End is null)
            {
                open.AddRange(Asked(lookup).Select(static contact => contact.Id));
                Assert.InRange(lookup.Open, 0, settings.Paths * settings.Parallel);
                _now += TimeSpan.FromMilliseconds(random.Next() % 3000);
                Assert.True(_now < end + TimeSpan.FromSeconds(4), "it goes on for ever");
                if (open.Count > 0 && random.Next() % 4 > 0)
                {
                    int index = (int)(random.Next() % (ulong)open.Count);
                    NodeId id = open[index];
                    open.RemoveAt(index);
                    if (random.Next() % 3 == 0)
                    {
                        lookup.Failed(id, DhtFault.Refused);
                    }
                    else
                    {
                        lookup.Answered(id, Contacts((int)(random.Next() % 8000), (int)(random.Next() % 21)));
                    }
                }

                lookup.Expire(_now);
            }

            Assert.InRange(lookup.Queries, 0, settings.MaxQueries);
            Assert.Equal(lookup.Found is not null, lookup.End == LookupEnd.Found || lookup.Found is not null);
        }
    }

    private static DhtContact[] Contacts(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(static number => DhtGiven.Contact(number))];

    private static DhtContact[] ByDistance(DhtContact[] contacts) =>
        [.. contacts.OrderBy(static contact => contact.Key.DistanceTo(s_target))];

    private Lookup Begin(DhtContact[] seeds, NodeId? wanted = null) =>
        new(new LookupSettings(), s_target, s_own, wanted, ByDistance(seeds), _now);

    private List<DhtContact> Asked(Lookup lookup)
    {
        List<DhtContact> asked = [];
        while (lookup.TryNext(_now, out DhtContact? next))
        {
            asked.Add(next);
        }

        return asked;
    }
}
