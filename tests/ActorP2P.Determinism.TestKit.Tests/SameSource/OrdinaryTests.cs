#if PLAIN
using KitBase = Akka.TestKit.Xunit2.TestKit;
#else
using KitBase = ActorP2P.Determinism.TestKit.SimulatedTestKit;
#endif

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>
/// An ordinary test class that is compiled twice: here on the simulated kit, and in the project of plain tests on
/// Akka's own kit. Only the base class differs.
/// </summary>
public sealed class OrdinaryTests : KitBase
{
    private const string Configuration = "akka.loglevel = WARNING";

    public OrdinaryTests(ITestOutputHelper output)
        : base(Configuration, output)
    {
    }

    [Fact]
    public void Messages_are_expected_in_order()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new EchoActor()), "echo");
        echo.Tell("a");
        echo.Tell("b");
        Assert.Equal("a", ExpectMsg<string>());
        ExpectMsg("b");
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_timer_comes_within_its_time() => Within(TimeSpan.FromSeconds(5), () =>
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(200), TestActor, "tick", ActorRefs.NoSender);
        ExpectMsg("tick");
    });

    [Fact]
    public void Probes_talk_to_an_actor()
    {
        var probe = CreateTestProbe();
        IActorRef asking = Sys.ActorOf(Props.Create(() => new AskingActor(probe.Ref, null)));
        asking.Tell("ask");
        probe.ExpectMsg("question");
        probe.Reply(42);
        Assert.Equal("got 42", FishForMessage<string>(text => text.StartsWith("got", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_end_of_an_actor_is_reported()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new EchoActor()));
        Watch(echo);
        echo.Tell(PoisonPill.Instance);
        ExpectTerminated(echo);
    }

    [Fact]
    public void An_error_is_logged_and_the_actor_restarted()
    {
        IActorRef failing = Sys.ActorOf(Props.Create(() => new FailingActor(TestActor)));
        ExpectMsg("started");
        EventFilter.Exception<InvalidOperationException>("boom").ExpectOne(() => failing.Tell("fail"));
        ExpectMsg("restarted");
    }

    [Fact]
    public async Task An_ask_is_awaited()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new EchoActor()));
        Assert.Equal("x", await echo.Ask<string>("x", TimeSpan.FromSeconds(3)));
        await AwaitAssertAsync(() => Assert.False(echo.IsNobody()));
        Assert.True(await echo.GracefulStop(TimeSpan.FromSeconds(3)));
    }
}
