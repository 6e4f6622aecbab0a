namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>Whom a node dials, and when.</summary>
public sealed class OverlayPlanTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly AddressBook _book = Books.Empty();
    private long _connections;

    [Fact]
    public void A_node_with_a_book_dials_from_it_and_not_its_bootstrap_nodes()
    {
        Know(100);
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)]);
        HashSet<string> groups = [];
        for (int i = 0; i < 8; i++)
        {
            DialOrder order = plan.NextDial(s_second, Books.Today)!;
            Assert.Equal(DialPurpose.Regular, order.Purpose);
            Assert.True(groups.Add(NetworkGroup.Of(order.Address)), "Each connection is to another network.");
            Succeed(plan, order, s_second);
        }

        Assert.Equal(8, plan.Outbound);
        Assert.Null(plan.NextDial(s_second, Books.Today));
    }

    [Fact]
    public void At_most_four_dials_are_under_way()
    {
        Know(100);
        OverlayPlan plan = Plan();
        Assert.Equal(4, Enumerable.Range(0, 10).Count(_ => plan.NextDial(s_second, Books.Today) is not null));
    }

    [Fact]
    public void Addresses_that_fail_at_once_are_dialled_eight_in_half_a_second()
    {
        Know(200);
        OverlayPlan plan = Plan();
        int dials = 0;
        for (TimeSpan now = s_second; now < 11 * s_second; now += TimeSpan.FromMilliseconds(10))
        {
            while (plan.NextDial(now, Books.Today) is { } order)
            {
                dials++;
                plan.Failed(order, isItsFault: true);
            }
        }

        Assert.Equal(8 * 20, dials);
    }

    [Fact]
    public void A_node_without_room_dials_nobody_for_half_a_minute()
    {
        Know(10);
        OverlayPlan plan = Plan();
        plan.Hold(s_second);
        Assert.Null(plan.NextDial(30 * s_second, Books.Today));
        Assert.NotNull(plan.NextDial(31 * s_second, Books.Today));
    }

    [Fact]
    public void An_empty_book_begins_with_the_bootstrap_nodes_and_pauses_between_them()
    {
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)]);
        DialOrder order = plan.NextDial(TimeSpan.Zero, Books.Today)!;
        Assert.Equal((Books.Address(900), DialPurpose.Bootstrap), (order.Address, order.Purpose));

        plan.Failed(order, isItsFault: true);
        Assert.Null(plan.NextDial(TimeSpan.FromMilliseconds(1), Books.Today));
        Assert.NotNull(plan.NextDial(s_second, Books.Today));
    }

    [Fact]
    public void Bootstrap_nodes_are_dialled_a_minute_after_a_book_that_does_not_help()
    {
        Know(1);
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)]);
        DialOrder dead = plan.NextDial(TimeSpan.Zero, Books.Today)!;
        plan.Failed(dead, isItsFault: true);

        Assert.Null(plan.NextDial(59 * s_second, Books.Today + s_second));
        Assert.Equal(DialPurpose.Bootstrap, plan.NextDial(60 * s_second, Books.Today + s_second)?.Purpose);
    }

    [Fact]
    public void Names_are_looked_up_at_once_without_a_book_and_the_list_waits()
    {
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)], dns: [new PeerAddress("a.name", 1)]);
        Assert.Single(plan.NextLookups(TimeSpan.Zero));
        Assert.Null(plan.NextDial(59 * s_second, Books.Today));
        Assert.Equal(DialPurpose.Bootstrap, plan.NextDial(60 * s_second, Books.Today)?.Purpose);
    }

    [Fact]
    public void Names_are_looked_up_after_11_seconds_when_the_book_has_not_helped()
    {
        Know(1);
        PeerAddress[] names = [.. Enumerable.Range(1, 5).Select(static i => new PeerAddress($"name{i}", 1))];
        OverlayPlan plan = Plan(dns: names);

        Assert.Empty(plan.NextLookups(10 * s_second));
        IReadOnlyList<PeerAddress> first = plan.NextLookups(11 * s_second);
        Assert.Equal(3, first.Count);
        Assert.Empty(plan.NextLookups(21 * s_second));
        Assert.Equal(names.ToHashSet(), [.. first, .. plan.NextLookups(22 * s_second)]);
    }

    [Fact]
    public void Names_are_not_looked_up_when_there_are_two_connections()
    {
        Know(10);
        OverlayPlan plan = Plan(dns: [new PeerAddress("a.name", 1)]);
        Succeed(plan, plan.NextDial(s_second, Books.Today)!, s_second);
        Succeed(plan, plan.NextDial(s_second, Books.Today)!, s_second);
        Assert.Empty(plan.NextLookups(11 * s_second));
    }

    [Fact]
    public void Anchors_are_dialled_first()
    {
        Know(100);
        PeerAddress[] anchors = [Books.Address(500), Books.Address(501)];
        OverlayPlan plan = Plan(anchors: anchors);
        Assert.Equal(anchors[0], plan.NextDial(s_second, Books.Today)?.Address);
        Assert.Equal(anchors[1], plan.NextDial(s_second, Books.Today)?.Address);
        Assert.Equal(anchors, plan.Anchors);
    }

    [Fact]
    public void The_anchors_are_the_connections_that_last_longest()
    {
        Know(100);
        OverlayPlan plan = Plan();
        PeerAddress[] dialled = [.. Enumerable.Range(1, 4).Select(i =>
            Succeed(plan, plan.NextDial(i * s_second, Books.Today)!, i * s_second).Address)];
        Assert.Equal(dialled[..2], plan.Anchors);
        for (long connection = 1; connection <= 4; connection++)
        {
            plan.Ended(connection);
        }

        Assert.Equal(dialled[..2], plan.Anchors);
    }

    [Fact]
    public void A_node_that_only_serves_addresses_is_left_when_it_has_answered()
    {
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)]);
        OverlayLink link = Succeed(plan, plan.NextDial(TimeSpan.Zero, Books.Today)!, TimeSpan.Zero);
        Assert.Equal(0, plan.Outbound);
        plan.Answered(link.Number, NodeRole.Discovery);
        Assert.Equal(link.Number, plan.NextClose(TimeSpan.Zero));
        Assert.Null(plan.NextClose(TimeSpan.Zero));
    }

    [Fact]
    public void A_normal_bootstrap_node_is_kept()
    {
        OverlayPlan plan = Plan(bootstrap: [Books.Address(900)]);
        OverlayLink link = Succeed(plan, plan.NextDial(TimeSpan.Zero, Books.Today)!, TimeSpan.Zero);
        plan.Answered(link.Number, NodeRole.Normal);
        Assert.Equal(1, plan.Outbound);
        Assert.Null(plan.NextClose(TimeSpan.Zero));
    }

    [Fact]
    public void A_feeler_is_closed_at_once_and_counts_for_nothing()
    {
        Know(100);
        OverlayPlan plan = Plan(target: 0);
        DialOrder? order = null;
        TimeSpan now = TimeSpan.Zero;
        while (order is null)
        {
            now += s_second;
            Assert.True(now < TimeSpan.FromHours(1), "A feeler comes in time.");
            order = plan.NextDial(now, Books.Today);
        }

        Assert.Equal(DialPurpose.Feeler, order.Purpose);
        OverlayLink link = Succeed(plan, order, now);
        Assert.Equal((0, link.Number), (plan.Outbound, plan.NextClose(now)));
        Assert.True(_book.Find(order.Address)!.IsTried);
    }

    [Fact]
    public void A_node_that_is_connected_already_is_not_dialled()
    {
        NodeId node = NodeId.FromPublicKey([1]);
        PeerAddress address = new("8.8.8.8", 7000, node);
        _book.Add(address, "source", Books.Today, Books.Today);
        OverlayPlan plan = Plan();
        plan.Connected(new OverlayLink(1, new PeerAddress("9.9.9.9", 1), node, IsOutbound: false, TimeSpan.Zero));
        Assert.Null(plan.NextDial(s_second, Books.Today));
        plan.Ended(1);
        Assert.Equal(address, plan.NextDial(s_second, Books.Today)?.Address);
    }

    [Fact]
    public void A_peer_is_asked_again_when_nobody_is_left_to_dial()
    {
        Know(1);
        OverlayPlan plan = Plan();
        OverlayLink link = Succeed(plan, plan.NextDial(s_second, Books.Today)!, s_second);
        Assert.Null(plan.NextQuestion(599 * s_second));
        Assert.Equal(link.Number, plan.NextQuestion(600 * s_second));
        Assert.Null(plan.NextQuestion(601 * s_second));
    }

    [Fact]
    public void Peers_that_the_program_has_dialled_are_asked_once()
    {
        OverlayPlan plan = Plan();
        plan.Connected(new OverlayLink(1, Books.Address(1), null, IsOutbound: false, TimeSpan.Zero));
        Assert.Null(plan.NextQuestion(TimeSpan.Zero));
        plan.Connected(new OverlayLink(2, Books.Address(2), null, IsOutbound: true, TimeSpan.Zero));
        plan.Connected(new OverlayLink(3, Books.Address(3), null, IsOutbound: true, TimeSpan.Zero));
        Assert.Equal((2L, 3L, null), (plan.NextQuestion(TimeSpan.Zero), plan.NextQuestion(TimeSpan.Zero),
            plan.NextQuestion(TimeSpan.Zero)));
    }

    [Fact]
    public void A_discovery_node_closes_connections_after_half_a_minute()
    {
        OverlayPlan plan = Plan(role: NodeRole.Discovery);
        plan.Connected(new OverlayLink(1, Books.Address(1), null, IsOutbound: false, TimeSpan.Zero));
        Assert.Null(plan.NextClose(29 * s_second));
        Assert.Equal(1, plan.NextClose(30 * s_second));
    }

    [Fact]
    public void From_time_to_time_a_connection_takes_the_place_of_another()
    {
        Know(200);
        OverlayPlan plan = Plan(target: 3);
        int swaps = 0;
        for (TimeSpan now = s_second; now < TimeSpan.FromHours(24); now += 10 * s_second)
        {
            while (plan.NextDial(now, Books.Today + now) is { } order)
            {
                swaps += order.Purpose == DialPurpose.Swap ? 1 : 0;
                Succeed(plan, order, now);
            }

            while (plan.NextClose(now) is { } closed)
            {
                plan.Ended(closed);
            }

            Assert.InRange(plan.Outbound, 3, 3);
        }

        Assert.InRange(swaps, 8, 50);
    }

    private OverlayPlan Plan(
        int target = 8, NodeRole role = NodeRole.Normal, PeerAddress[]? bootstrap = null, PeerAddress[]? dns = null,
        PeerAddress[]? anchors = null) => new(
            new OverlaySettings(target, role, bootstrap ?? [], dns ?? []), _book, anchors ?? [], 1, TimeSpan.Zero);

    private void Know(int networks)
    {
        for (int network = 0; network < networks; network++)
        {
            _book.Add(Books.Address(network), $"source {network}", Books.Today, Books.Today);
        }
    }

    private OverlayLink Succeed(OverlayPlan plan, DialOrder order, TimeSpan now)
    {
        OverlayLink link = new(++_connections, order.Address, order.Address.Id, IsOutbound: true, now);
        plan.Connected(link);
        plan.Dialled(order, link.Number, Books.Today + now);
        return link;
    }
}
