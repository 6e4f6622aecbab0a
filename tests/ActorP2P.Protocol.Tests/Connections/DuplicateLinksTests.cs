namespace ActorP2P.Protocol.Tests;

public class DuplicateLinksTests
{
    private static readonly NodeId Low = Id(1);
    private static readonly NodeId High = Id(2);
    private readonly TimeSpan _start = TimeSpan.FromHours(1);

    [Fact]
    public void A_single_link_is_used_and_nothing_is_due()
    {
        DuplicateLinks links = new(High);
        links.OnReady(_start, 1, Low, 7, isOutbound: true);

        Assert.Equal(["Use 1"], Orders(links));
        Assert.Equal(1, links.UsedFor(Low));
        Assert.Null(links.Deadline);
    }

    [Theory]
    [InlineData(true, "Use 2, Close 1")]
    [InlineData(false, "Ping 1")]
    public void Of_two_dials_at_once_the_higher_nodes_wins(bool lowDialledFirst, string expected)
    {
        DuplicateLinks links = new(High);
        links.OnReady(_start, 1, Low, 7, isOutbound: !lowDialledFirst);
        Orders(links);
        links.OnReady(_start + TimeSpan.FromSeconds(1), 2, Low, 7, isOutbound: lowDialledFirst);

        Assert.Equal(expected, string.Join(", ", Orders(links)));
    }

    [Fact]
    public void The_lower_node_chooses_the_same_link_and_waits_for_the_higher()
    {
        DuplicateLinks links = new(Low);
        links.OnReady(_start, 1, High, 7, isOutbound: true);
        Orders(links);
        links.OnReady(_start, 2, High, 7, isOutbound: false);

        Assert.Equal(["Use 2"], Orders(links));
        Assert.Equal(_start + DuplicateLinks.Patience, links.Deadline);
        links.OnTimer(links.Deadline!.Value);
        Assert.Equal(["Close 1"], Orders(links));
        Assert.Null(links.Deadline);
    }

    [Fact]
    public void An_older_link_that_answers_its_ping_stays()
    {
        DuplicateLinks links = new(High);
        links.OnReady(_start, 1, Low, 7, isOutbound: false);
        Orders(links);
        TimeSpan later = _start + TimeSpan.FromMinutes(1);
        links.OnReady(later, 2, Low, 7, isOutbound: true);
        Assert.Equal(["Ping 1"], Orders(links));

        links.OnAnswered(later + TimeSpan.FromSeconds(1), 1, Low);

        Assert.Equal(["Close 2"], Orders(links));
        Assert.Equal(1, links.UsedFor(Low));
        Assert.Null(links.Deadline);
    }

    [Theory]
    [InlineData(true, "Use 2, Close 1")]
    [InlineData(false, "Use 2")]
    public void A_silent_link_is_replaced_after_two_seconds(bool isHigher, string expected)
    {
        NodeId remote = isHigher ? Low : High;
        DuplicateLinks links = new(isHigher ? High : Low);
        links.OnReady(_start, 1, remote, 7, isOutbound: true);
        links.OnReady(_start, 2, remote, 7, isOutbound: true);
        Orders(links);

        links.OnTimer(_start + DuplicateLinks.PingTimeout - TimeSpan.FromTicks(1));
        Assert.Empty(Orders(links));
        links.OnTimer(_start + DuplicateLinks.PingTimeout);

        Assert.Equal(expected, string.Join(", ", Orders(links)));
        Assert.Equal(2, links.UsedFor(remote));
    }

    [Fact]
    public void A_timer_that_is_late_leaves_time_to_read_the_answer()
    {
        DuplicateLinks links = new(High);
        links.OnReady(_start, 1, Low, 7, isOutbound: true);
        links.OnReady(_start, 2, Low, 7, isOutbound: true);
        Orders(links);
        TimeSpan woken = _start + TimeSpan.FromMinutes(10);

        links.OnTimer(woken);
        Assert.Empty(Orders(links));
        Assert.Equal(woken + DuplicateLinks.PingTimeout, links.Deadline);
        links.OnTimer(links.Deadline!.Value + TimeSpan.FromMinutes(1));

        Assert.Equal(["Use 2", "Close 1"], Orders(links));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_to_a_later_start_replaces_all_others_at_once(bool isHigher)
    {
        NodeId remote = isHigher ? Low : High;
        DuplicateLinks links = new(isHigher ? High : Low);
        links.OnReady(_start, 1, remote, 7, isOutbound: true);
        links.OnReady(_start, 2, remote, 7, isOutbound: true);
        Orders(links);

        links.OnReady(_start, 3, remote, 8, isOutbound: false);
        Assert.Equal(["Use 3", "Close 1", "Close 2"], Orders(links));

        // A handshake with the earlier start that was still under way.
        links.OnReady(_start, 4, remote, 7, isOutbound: false);
        Assert.Equal(["Close 4"], Orders(links));
        Assert.Equal(3, links.UsedFor(remote));
    }

    [Fact]
    public void When_the_used_link_is_gone_another_one_is_used()
    {
        DuplicateLinks links = new(Low);
        links.OnReady(_start, 1, High, 7, isOutbound: true);
        links.OnReady(_start, 2, High, 7, isOutbound: true);
        Orders(links);

        links.OnGone(_start, 1, High);
        Assert.Equal(["Use 2"], Orders(links));
        Assert.Null(links.Deadline);

        links.OnGone(_start, 2, High);
        links.OnGone(_start, 2, High);
        Assert.Empty(Orders(links));
        Assert.Null(links.UsedFor(High));
    }

    [Fact]
    public void Links_of_other_nodes_are_not_touched()
    {
        DuplicateLinks links = new(High);
        links.OnReady(_start, 1, Low, 7, isOutbound: true);
        links.OnReady(_start, 2, Id(0), 7, isOutbound: true);
        Assert.Equal(["Use 1", "Use 2"], Orders(links));
        Assert.Null(links.Deadline);
    }

    [Fact]
    public void A_node_that_never_stops_dialling_keeps_few_links()
    {
        DuplicateLinks links = new(Low);
        TimeSpan now = _start;
        int open = 0;
        int most = 0;
        for (long link = 1; link <= 1_000; link++)
        {
            links.OnReady(now, link, High, 7, isOutbound: false);
            open++;
            foreach (string order in Orders(links))
            {
                open -= order.StartsWith("Close", StringComparison.Ordinal) ? 1 : 0;
            }

            now += TimeSpan.FromMilliseconds(100);
            links.OnAnswered(now, links.UsedFor(High)!.Value, High);
            links.OnTimer(now);
            foreach (string order in Orders(links))
            {
                open -= order.StartsWith("Close", StringComparison.Ordinal) ? 1 : 0;
            }

            most = Math.Max(most, open);
        }

        Assert.InRange(most, 2, 40);
    }

    private static NodeId Id(byte last)
    {
        byte[] bytes = new byte[NodeId.Size];
        bytes[^1] = last;
        return new NodeId(bytes);
    }

    private static List<string> Orders(DuplicateLinks links)
    {
        List<string> orders = [];
        while (links.TryGetOrder(out LinkOrder order))
        {
            orders.Add($"{order.Kind} {order.Link}");
        }

        return orders;
    }
}
