namespace ActorP2P.Protocol.Tests;

public class OutboundRulesTests
{
    private const string Here = "8.8.0.0/16";
    private const string There = "9.9.0.0/16";

    private static readonly OutboundRules s_rules = new(MaxConnections: 20, Wanted: 3, PerGroup: 1);

    [Theory]
    [InlineData(PeerKind.Manual)]
    [InlineData(PeerKind.Regular)]
    [InlineData(PeerKind.Extra)]
    [InlineData(PeerKind.Feeler)]
    public void No_kind_exceeds_the_number_of_connections(PeerKind kind)
    {
        Assert.Equal("20 connections", s_rules.RefusalOf(kind, Here, taken: 20, []));
        Assert.Null(s_rules.RefusalOf(kind, Here, taken: 10, []));
    }

    [Fact]
    public void A_manual_connection_needs_only_a_slot()
    {
        OutboundPeer[] peers = [.. Enumerable.Repeat(new OutboundPeer(PeerKind.Manual, Here), 12)];
        Assert.Null(s_rules.RefusalOf(PeerKind.Manual, Here, taken: 19, peers));
    }

    [Theory]
    [InlineData(PeerKind.Regular, false)]
    [InlineData(PeerKind.Manual, false)]
    [InlineData(PeerKind.Extra, true)]
    [InlineData(PeerKind.Feeler, true)]
    public void A_network_has_one_regular_connection(PeerKind first, bool isAdmitted)
    {
        string? refusal = s_rules.RefusalOf(PeerKind.Regular, Here, taken: 1, [new(first, Here)]);

        Assert.Equal(isAdmitted ? null : $"all outbound slots of {Here} are taken", refusal);
        Assert.Null(s_rules.RefusalOf(PeerKind.Regular, There, taken: 1, [new(first, Here)]));
        Assert.Null((s_rules with { PerGroup = 2 }).RefusalOf(PeerKind.Regular, Here, taken: 1, [new(first, Here)]));
    }

    [Fact]
    public void There_are_as_many_regular_connections_as_wanted()
    {
        OutboundPeer[] peers =
        [
            new(PeerKind.Regular, "1"), new(PeerKind.Manual, "2"), new(PeerKind.Extra, "3"), new(PeerKind.Feeler, "4"),
        ];
        Assert.Null(s_rules.RefusalOf(PeerKind.Regular, Here, taken: 4, peers));
        Assert.Equal("3 lasting connections", s_rules.RefusalOf(
            PeerKind.Regular, Here, taken: 5, [.. peers, new(PeerKind.Regular, "5")]));
    }

    [Fact]
    public void There_is_one_feeler_at_a_time()
    {
        OutboundPeer[] feeler = [new(PeerKind.Feeler, There)];
        Assert.Equal("a feeler is under way", s_rules.RefusalOf(PeerKind.Feeler, Here, taken: 1, feeler));
        Assert.Null(s_rules.RefusalOf(PeerKind.Extra, Here, taken: 1, feeler));
    }

    [Theory]
    [InlineData(PeerKind.Feeler)]
    [InlineData(PeerKind.Extra)]
    public void Short_connections_leave_the_slots_that_regular_ones_lack(PeerKind kind)
    {
        OutboundPeer[] peers = [new(PeerKind.Regular, There), new(PeerKind.Extra, There)];
        Assert.Null(s_rules.RefusalOf(kind, Here, taken: 17, peers));
        Assert.Equal("2 slots are left to regular connections", s_rules.RefusalOf(kind, Here, taken: 18, peers));
        Assert.Null(s_rules.RefusalOf(PeerKind.Regular, Here, taken: 18, peers));
    }

    [Fact]
    public void The_first_extra_connection_may_take_the_last_slot()
    {
        Assert.Null(s_rules.RefusalOf(PeerKind.Extra, Here, taken: 19, [new(PeerKind.Regular, There)]));
    }
}
