namespace ActorP2P.Protocol.Tests;

public class DialPlanTests
{
    private static readonly PeerAddress Address = new("192.0.2.1", 7000);
    private static readonly DialSettings Settings = new();

    [Fact]
    public void An_address_is_due_at_once_and_then_not_until_it_fails()
    {
        DialPlan plan = new(Settings, new Random(1));
        plan.Add(Address, TimeSpan.Zero);
        plan.Add(Address, TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, plan.NextDue);
        Assert.Equal([Address], plan.TakeDue(TimeSpan.Zero));
        Assert.Empty(plan.TakeDue(TimeSpan.FromDays(1)));
        Assert.Null(plan.NextDue);
    }

    [Fact]
    public void The_pause_doubles_to_five_minutes_with_full_jitter()
    {
        DialPlan plan = new(Settings, new Random(1));
        plan.Add(Address, TimeSpan.Zero);
        double longest = 0;
        for (int failures = 0; failures < 200; failures++)
        {
            plan.TakeDue(TimeSpan.MaxValue);
            plan.Failed(Address, TimeSpan.Zero);
            double bound = Math.Min(Math.Pow(2, failures), 300);
            Assert.InRange(plan.NextDue!.Value.TotalSeconds, 0, bound);
            longest = Math.Max(longest, plan.NextDue.Value.TotalSeconds);
        }

        Assert.InRange(longest, 200, 300);
    }

    [Fact]
    public void Peers_that_lose_a_node_together_do_not_dial_it_together()
    {
        double[] dues = [.. Enumerable.Range(0, 20).Select(seed =>
        {
            DialPlan plan = new(Settings, new Random(seed));
            plan.Add(Address, TimeSpan.Zero);
            plan.Failed(Address, TimeSpan.Zero);
            return plan.NextDue!.Value.TotalSeconds;
        })];
        Assert.True(dues.Max() - dues.Min() > 0.5);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_minute_of_health_clears_the_failures(int seconds, bool cleared)
    {
        TimeSpan longest = TimeSpan.Zero;
        for (int seed = 0; seed < 20; seed++)
        {
            DialPlan plan = new(Settings, new Random(seed));
            plan.Add(Address, TimeSpan.Zero);
            for (int i = 0; i < 10; i++)
            {
                plan.Failed(Address, TimeSpan.Zero);
            }

            plan.TakeDue(TimeSpan.MaxValue);
            plan.Connected(Address, TimeSpan.Zero);
            Assert.Null(plan.NextDue);
            TimeSpan lost = TimeSpan.FromSeconds(seconds);
            plan.Lost(Address, lost);
            longest = plan.NextDue!.Value - lost > longest ? plan.NextDue.Value - lost : longest;
        }

        Assert.Equal(cleared, longest <= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Addresses_due_together_come_in_the_same_order_in_every_run()
    {
        DialPlan plan = new(Settings, new Random(1));
        PeerAddress[] addresses = [.. Enumerable.Range(1, 9).Select(i => new PeerAddress($"192.0.2.{i}", 1))];
        foreach (PeerAddress address in addresses.Reverse())
        {
            plan.Add(address, TimeSpan.Zero);
        }

        Assert.Equal(addresses, plan.TakeDue(TimeSpan.Zero));
    }

    [Fact]
    public void An_address_that_is_removed_or_unknown_is_never_due()
    {
        DialPlan plan = new(Settings, new Random(1));
        plan.Add(Address, TimeSpan.Zero);
        plan.Ended(Address, TimeSpan.Zero, wasReady: false, DisconnectReason.SelfConnection);
        plan.Again(Address, TimeSpan.Zero);
        plan.Failed(Address, TimeSpan.Zero);
        plan.Lost(Address, TimeSpan.Zero);
        plan.Connected(Address, TimeSpan.Zero);
        Assert.Null(plan.NextDue);
    }

    [Fact]
    public void Each_reason_says_whether_and_when_to_dial_again()
    {
        foreach (ReasonRule rule in ReasonTable.All)
        {
            DialPlan plan = new(Settings, new Random(1));
            plan.Add(Address, TimeSpan.Zero);
            plan.TakeDue(TimeSpan.Zero);
            plan.Ended(Address, TimeSpan.Zero, wasReady: false, rule.Reason);
            switch (rule.Redial)
            {
                case Redial.Soon:
                    Assert.InRange(plan.NextDue!.Value, TimeSpan.Zero, Settings.FirstBackoff);
                    break;
                case Redial.Late:
                    Assert.InRange(plan.NextDue!.Value, Settings.MaxBackoff / 2, Settings.MaxBackoff);
                    break;
                default:
                    Assert.Null(plan.NextDue);
                    break;
            }
        }
    }

    [Theory]
    [InlineData(DisconnectReason.SelfConnection)]
    [InlineData(DisconnectReason.WrongNetwork)]
    public void A_peer_that_was_ready_cannot_prevent_later_dials(DisconnectReason reason)
    {
        DialPlan plan = new(Settings, new Random(1));
        plan.Add(Address, TimeSpan.Zero);
        plan.TakeDue(TimeSpan.Zero);
        plan.Ended(Address, TimeSpan.FromHours(1), wasReady: true, reason);
        Assert.NotNull(plan.NextDue);
    }

    [Fact]
    public void A_name_with_more_addresses_is_due_again_at_once()
    {
        DialPlan plan = new(Settings, new Random(1));
        plan.Add(Address, TimeSpan.Zero);
        plan.TakeDue(TimeSpan.Zero);
        plan.Again(Address, TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), plan.NextDue);
    }
}
