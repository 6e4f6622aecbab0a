using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class ProbeTests : KitTest
{
    [Fact]
    public void A_probe_sends_replies_and_forwards()
    {
        SimulatedProbe asked = CreateTestProbe();
        SimulatedProbe asking = CreateTestProbe("b");
        asking.Send(Sys.ActorOf(Props.Create(() => new AskingActor(asked, null))), "ask");
        asked.ExpectMsg("question");
        asked.Reply("answer");
        asking.ExpectMsg("got answer");
        asked.Send(asking, "x");
        asking.ExpectMsgFrom<string>(asked.Ref, "x");
        asking.Forward(TestActor);
        ExpectMsg("x");
        Assert.Equal(asked.Ref, LastSender);
    }

    [Fact]
    public void A_probe_watches()
    {
        SimulatedProbe probe = CreateTestProbe();
        IActorRef echo = Echo();
        probe.Watch(echo);
        Later(Minutes(5), PoisonPill.Instance, echo);
        probe.ExpectTerminated(echo, Hour);
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void A_probe_makes_further_probes()
    {
        SimulatedProbe further = CreateTestProbe().CreateTestProbe();
        Later(Minutes(1), "x", further);
        further.ExpectMsg("x", Hour);
    }

    [Fact]
    public void An_autopilot_answers()
    {
        SimulatedProbe probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"pilot {message}", probe);
            return AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell("x");
        ExpectMsg("pilot x");
        probe.ExpectMsg("x");
    }

    [Fact]
    public void Ignored_messages_are_not_seen()
    {
        IgnoreMessages<int>(number => number < 5);
        TestActor.Tell(1);
        TestActor.Tell(7);
        ExpectMsg(7);
    }

    [Fact]
    public void A_child_of_a_probe_lives_below_it()
    {
        SimulatedProbe probe = CreateTestProbe();
        IActorRef child = probe.ChildActorOf(Props.Create(() => new EchoActor()), "child");
        Assert.Equal(probe.Ref.Path, child.Path.Parent);
    }

    [Fact]
    public void A_TestActorRef_answers_inside_of_the_call()
    {
        TestActorRef<EchoActor> echo = ActorOfAsTestActorRef<EchoActor>();
        echo.Tell("y");
        ExpectMsg("y", TimeSpan.Zero);
        Assert.True(echo.Ask<string>("z").IsCompletedSuccessfully);
    }
}
