using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

public sealed class AskIdiomTests
{
    [Fact]
    public void Tell_and_Forward_keep_the_sender() => Idiom.Holds(async scene =>
    {
        IActorRef target = Echo(scene);
        IActorRef middle = scene.System.ActorOf(act => act.ReceiveAny((message, _) => target.Forward(message)));
        Assert.Equal("hello", await middle.Ask<string>("hello"));
    });

    [Fact]
    public void Messages_of_one_sender_keep_their_order() => Idiom.Holds(async scene =>
    {
        List<int> heard = [];
        IActorRef listener = scene.System.ActorOf(act => act.Receive<int>((number, _) => heard.Add(number)));
        IActorRef middle = scene.System.ActorOf(act => act.ReceiveAny((message, _) => listener.Tell(message)));
        foreach (int number in Enumerable.Range(0, 20))
        {
            middle.Tell(number);
        }
        await scene.PassSeconds(1);
        Assert.Equal(Enumerable.Range(0, 20), heard);
    });

    [Fact]
    public void Ask_without_a_timeout_waits_an_hour() => Idiom.Holds(async scene =>
    {
        IActorRef slow = scene.System.ActorOf(act => act.ReceiveAny((message, context) =>
            context.System.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), context.Sender, message, context.Self)));
        Assert.Equal("late", await slow.Ask<string>("late"));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Ask_with_a_token_is_cancelled_in_virtual_time() => Idiom.Holds(async scene =>
    {
        Cancelable hour = new(scene.System.Scheduler, TimeSpan.FromHours(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Deaf(scene).Ask<string>("anyone?", hour.Token));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Ask_with_a_token_source_of_the_clock_is_cancelled() => Idiom.Holds(async scene =>
    {
        using CancellationTokenSource hour = new(TimeSpan.FromHours(1), scene.World.TimeProvider);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Deaf(scene).Ask<string>("anyone?", hour.Token));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Ask_with_WaitAsync_on_the_clock_times_out() => Idiom.Holds(async scene =>
    {
        await Assert.ThrowsAsync<TimeoutException>(
            () => Deaf(scene).Ask<string>("anyone?").WaitAsync(TimeSpan.FromHours(1), scene.World.TimeProvider));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Ask_with_a_timeout_is_reported_where_it_is_asked()
    {
        SimulationLeakException leak = Idiom.Leaks(
            async scene => await Deaf(scene).Ask<string>("anyone?", TimeSpan.FromSeconds(5)),
            nameof(Ask_with_a_timeout_is_reported_where_it_is_asked));
        Assert.Contains("a timer of real time was set", leak.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configured_ask_timeout_is_reported_too()
    {
        SimulatedWorld world = new(1);
        ActorSystem system = SimulatedSystem.Create(world, "node", new SimulatedSystemOptions
        {
            Config = Akka.Configuration.ConfigurationFactory.ParseString("akka.actor.ask-timeout = 5s"),
        });
        IActorRef deaf = system.ActorOf(act => act.ReceiveAny((_, _) => { }));
        Assert.Throws<SimulationLeakException>(
            () => world.Run(() => deaf.Ask<string>("anyone?"), TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Ask_ends_with_the_failure_that_was_answered() => Idiom.Holds(async scene =>
    {
        IActorRef failing = scene.System.ActorOf(act => act.ReceiveAny((_, context) =>
            context.Sender.Tell(new Status.Failure(new DeliberateException("no")))));
        DeliberateException no = await Assert.ThrowsAsync<DeliberateException>(() => failing.Ask<string>("please"));
        Assert.Equal("no", no.Message);
    });

    [Fact]
    public void Ask_of_several_at_once_is_answered_for_all() => Idiom.Holds(async scene =>
    {
        IActorRef echo = Echo(scene);
        int[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => echo.Ask<int>(number)));
        Assert.Equal(Enumerable.Range(0, 10), answers);
    });

    [Fact]
    public void The_first_of_several_answers_to_an_Ask_counts() => Idiom.Holds(async scene =>
    {
        IActorRef twice = scene.System.ActorOf(act => act.ReceiveAny((_, context) =>
        {
            context.Sender.Tell(1);
            context.Sender.Tell(2);
        }));
        Assert.Equal(1, await twice.Ask<int>("?"));
    });

    private static IActorRef Echo(Scene scene) =>
        scene.System.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));

    private static IActorRef Deaf(Scene scene) => scene.System.ActorOf(act => act.ReceiveAny((_, _) => { }));
}
