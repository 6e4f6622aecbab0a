namespace ActorP2P.Determinism.TestKit.Tests;

#pragma warning disable xUnit1000 // It is not public, so that it runs inside of other tests alone.

/// <summary>Tests that hold under all schedules; another test runs them.</summary>
[Explore(Schedules = 60, MessageDelay = 10)]
internal sealed class PassingTests : ExploredTestKit
{
    [Fact]
    public void An_answer_comes()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new EchoActor()), "echo");
        echo.Tell("a");
        echo.Tell("b");
        ExpectMsg("a");
        ExpectMsg("b");
        ExpectNoMsg(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task An_answer_is_awaited()
    {
        IActorRef echo = Sys.ActorOf(Props.Create(() => new EchoActor()), "echo");
        Assert.Equal("a", await echo.Ask<string>("a", TimeSpan.FromMinutes(1)));
        await Task.Delay(TimeSpan.FromHours(1));
        Assert.True(await echo.GracefulStop(TimeSpan.FromMinutes(1)));
    }
}
