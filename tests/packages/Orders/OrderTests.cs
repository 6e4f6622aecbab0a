using ActorP2P.Determinism.TestKit;
using Akka.Actor;
using Akka.TestKit;
using Xunit;

namespace Orders;

public sealed class OrderTests : SimulatedTestKit
{
    [Fact]
    public void An_unpaid_order_is_cancelled_after_an_hour()
    {
        IActorRef order = Sys.ActorOf(Props.Create(() => new Order()));
        Watch(order);

        ExpectTerminated(order, TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.FromHours(1), World.Now);
    }

    [Fact]
    public void A_sleep_takes_virtual_time()
    {
        Thread.Sleep(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), World.Now);
    }

    [Fact]
    public void A_TestProbe_is_the_kits()
    {
        TestProbe probe = CreateTestProbe();

        probe.ExpectNoMsg(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), World.Now);
    }
}
