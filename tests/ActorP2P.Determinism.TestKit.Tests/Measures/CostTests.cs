namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>What a long virtual time costs, counted in steps and not in real time.</summary>
public sealed class CostTests : KitTest
{
    [Fact]
    public void A_quiet_year_passes_at_once()
    {
        ExpectNoMsg(TimeSpan.FromDays(365));
        Assert.Equal(TimeSpan.FromDays(365), Time);
    }

    [Fact]
    public void A_busy_day_passes_tick_by_tick()
    {
        IActorRef ticking = Sys.ActorOf(Props.Create(() => new TickingActor(Seconds(1))));
        ExpectNoMsg(TimeSpan.FromDays(1));
        ticking.Tell("how many");
        ExpectMsg(86_400);
    }
}
