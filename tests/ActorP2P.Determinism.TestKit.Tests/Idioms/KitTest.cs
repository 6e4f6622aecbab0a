namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Short words for tests of the kit.</summary>
public abstract class KitTest : SimulatedTestKit
{
    protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    protected KitTest(ITestOutputHelper? output = null)
        : base(output)
    {
    }

    protected KitTest(ActorSystem system)
        : base(system)
    {
    }

    protected TimeSpan Time => World.Now;

    protected static TimeSpan Minutes(double count) => TimeSpan.FromMinutes(count);

    protected static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    protected IActorRef Echo(string? name = null) => Sys.ActorOf(Props.Create(() => new EchoActor()), name);

    protected IActorRef Does(Action<object, IActorContext> work) => Sys.ActorOf(Props.Create(() =>
        new FunctionActor(work)));

    protected IActorRef Works(Func<object, IActorContext, Task> work) => Sys.ActorOf(Props.Create(() =>
        new WorkingActor(work)));

    /// <summary>Sends a message in a while.</summary>
    protected void Later(TimeSpan after, object message, IActorRef? to = null) =>
        Sys.Scheduler.ScheduleTellOnce(after, to ?? TestActor, message, ActorRefs.NoSender);

    /// <summary>The message of the assertion with which an action fails.</summary>
    protected static string Failure(Action action) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(action).Message;
}
