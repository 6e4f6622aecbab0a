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
    public void The_property_VirtualCalls_brings_a_sleep_into_virtual_time()
    {
        Thread.Sleep(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), World.Now);
    }

    [Fact]
    public void The_property_SimulatedTypes_makes_a_TestProbe_the_kits() =>
        Assert.Equal(typeof(SimulatedProbe), typeof(TestProbe));
}
