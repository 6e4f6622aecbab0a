using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class BaseTypedTests : KitTest
{
    [Fact]
    public void Akka_has_the_private_members_of_the_net() => Assert.True(BaseTypedWaits.IsSupported);

    [Fact]
    public void A_variable_of_Akkas_probe_type_waits_in_virtual_time()
    {
        Akka.TestKit.TestProbe probe = CreateTestProbe();
        Later(Minutes(30), "a", probe.Ref);
        Assert.Equal("a", probe.ExpectMsg<string>(Hour));
        probe.ExpectNoMsg(Hour);
        Assert.Equal(Minutes(90), Time);
    }

    [Fact]
    public void A_variable_of_Akkas_kit_type_waits_in_virtual_time()
    {
        TestKitBase kit = this;
        Echo().Tell("b");
        kit.ExpectMsg("b");
        Failure(() => kit.ExpectMsg<string>(Minutes(10)));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public async Task Asynchronous_waits_of_Akkas_type_are_virtual_too()
    {
        Akka.TestKit.TestProbe probe = CreateTestProbe();
        Later(Minutes(30), "a", probe.Ref);
        Assert.Equal("a", await probe.ExpectMsgAsync<string>(Hour));
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_reported()
    {
        Akka.TestKit.TestProbe probe = CreateTestProbe();
        IActorRef echo = Echo();
        probe.Watch(echo);
        echo.Tell(PoisonPill.Instance);
        probe.ExpectTerminated(echo);
    }

#pragma warning disable AP2P0001 // Calls that the analyzer marks are also refused at run time.
    [Fact]
    public void Waits_of_several_steps_are_refused()
    {
        Akka.TestKit.TestProbe probe = CreateTestProbe();
        Refused(() => probe.FishForMessage<int>(number => number == 1, Hour));
        Refused(() => probe.ReceiveN(2, Hour));
        Refused(() => probe.Within(Hour, () => probe.ExpectMsg<string>()));
    }
#pragma warning restore AP2P0001

    private static void Refused(Action action) =>
        Assert.Contains("Declare the variable as SimulatedProbe",
            Assert.Throws<InvalidOperationException>(action).Message);
}
