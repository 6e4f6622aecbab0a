using Akka.Actor.Dsl;
using Akka.Configuration;
using Akka.Pattern;
using Akka.Streams;
using Akka.Streams.Dsl;

namespace ActorP2P.Determinism.Tests;

/// <summary>Idioms that need a redirect and with it work in virtual time.</summary>
public sealed class RedirectIdiomTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Ask_with_a_timeout_times_out_by_redirected_timers() => Idiom.HoldsRedirected(
        async scene =>
        {
            await Assert.ThrowsAsync<AskTimeoutException>(() => Deaf(scene).Ask<string>("anyone?", s_hour));
            Assert.Equal(s_hour, scene.Now);
        },
        SimulationRedirects.Timers);

    [Fact]
    public async Task Simulations_on_several_threads_set_real_timers_at_once()
    {
        // Each timer takes the lock of one of the runtime's timer queues for a moment. Two threads that waited for each
        // other's lock would hang.
        Task[] threads = [.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int run = 0; run < 25; run++)
                {
                    Idiom.HoldsRedirected(
                        async scene =>
                        {
                            await Task.WhenAll(
                                Enumerable.Range(1, 40).Select(i => Task.Delay(i % 2 == 0 ? i : 10_000 * i)));
                            Assert.Equal(TimeSpan.FromSeconds(390), scene.Now);
                        },
                        SimulationRedirects.Timers);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        await Task.WhenAll(threads).WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Ask_with_a_timeout_in_an_actor_times_out() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef deaf = Deaf(scene);
            IActorRef asker = scene.System.ActorOf(act => act.ReceiveAsync<string>(async (_, context) =>
            {
                IActorRef sender = context.Sender;
                await Assert.ThrowsAsync<AskTimeoutException>(() => deaf.Ask<string>("anyone?", s_hour));
                Assert.Same(sender, context.Sender);
                context.Sender.Tell(1);
            }));
            await asker.Ask<int>("go");
            Assert.Equal(s_hour, scene.Now);
        },
        SimulationRedirects.Timers);

    [Fact]
    public void A_configured_ask_timeout_works_by_redirected_timers() => Idiom.HoldsRedirected(
        async scene =>
        {
            await Assert.ThrowsAsync<AskTimeoutException>(() => Deaf(scene).Ask<string>("anyone?"));
            Assert.Equal(s_hour, scene.Now);
        },
        SimulationRedirects.Timers,
        new SimulatedSystemOptions { Config = ConfigurationFactory.ParseString("akka.actor.ask-timeout = 1h") });

    [Fact]
    public void GracefulStop_with_a_limit_works_by_redirected_timers() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef busy = scene.System.ActorOf(act => act.ReceiveAsync<int>(
                async (_, _) => await Task.Delay(TimeSpan.FromDays(1), scene.Time)));
            busy.Tell(1);
            await scene.PassSeconds(1);
            Assert.False(await busy.GracefulStop(s_hour));
            Assert.Equal(s_hour + TimeSpan.FromSeconds(1), scene.Now);
            Assert.True(await Deaf(scene).GracefulStop(s_hour));
        },
        SimulationRedirects.Timers);

    [Fact]
    public void ResolveOne_with_a_limit_works_by_redirected_timers() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef deaf = Deaf(scene);
            Assert.Equal(deaf, await scene.System.ActorSelection(deaf.Path).ResolveOne(s_hour));
        },
        SimulationRedirects.Timers);

    [Fact]
    public void A_plain_delay_works_by_redirected_timers() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(act => act.ReceiveAsync<string>(async (_, context) =>
            {
                await Task.Delay(s_hour);
                using CancellationTokenSource cancelled = new(s_hour);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    () => Task.Delay(Timeout.Infinite, cancelled.Token));
                context.Sender.Tell(1);
            }));
            await actor.Ask<int>("go");
            Assert.Equal(2 * s_hour, scene.Now);
        },
        SimulationRedirects.Timers);

    [Fact]
    public void Plain_PipeTo_of_an_async_method_works_by_redirect() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(act =>
            {
                act.Receive<int>((_, context) => AfterAnHour(scene).PipeTo(context.Self));
                act.Receive<string>((text, _) => scene.Say(text));
            });
            actor.Tell(1);
            await scene.PassHours(2);
            Assert.Equal(["an hour at 3600"], scene.Said);
        },
        SimulationRedirects.Tasks);

    [Fact]
    public void Task_Run_becomes_a_step_by_redirect() => Idiom.HoldsRedirected(
        async scene =>
        {
            int thread = Environment.CurrentManagedThreadId;
            IActorRef actor = scene.System.ActorOf(act =>
            {
                act.Receive<string>((_, context) =>
                    Task.Run(static () => Environment.CurrentManagedThreadId).PipeTo(context.Self));
                act.Receive<int>((ranOn, _) => scene.Say(ranOn == thread));
            });
            actor.Tell("go");
            await scene.PassSeconds(1);
            Assert.Equal(["True at 0"], scene.Said);
        },
        SimulationRedirects.Tasks);

    [Fact]
    public void A_circuit_breaker_with_a_limit_works_by_redirect() => Idiom.HoldsRedirected(
        async scene =>
        {
            CircuitBreaker breaker = new(scene.System.Scheduler, 1, s_hour, TimeSpan.FromMinutes(1));
            await Assert.ThrowsAnyAsync<Exception>(() => breaker.WithCircuitBreaker(
                token => Task.Delay(TimeSpan.FromDays(1), scene.World.TimeProvider, token)));
            Assert.True(breaker.IsOpen);
            Assert.Equal(s_hour, scene.Now);
        },
        SimulationRedirects.Tasks | SimulationRedirects.Timers);

    [Fact]
    public void Task_Result_in_an_actor_works_by_redirected_waits() => Idiom.HoldsRedirected(
        async scene =>
        {
            IActorRef echo = scene.System.ActorOf(
            act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
            IActorRef blocking = scene.System.ActorOf(act => act.ReceiveAny((message, context) =>
                context.Sender.Tell(echo.Ask<string>(message).Result)));
            Assert.Equal("around", await blocking.Ask<string>("around"));
        },
        SimulationRedirects.Waits);

    [Fact]
    public void Inbox_Receive_blocks_in_virtual_time_by_redirect() => Idiom.HoldsRedirected(
        async scene =>
        {
            await Task.CompletedTask;
            Inbox inbox = Inbox.Create(scene.System);
            IActorRef slow = scene.System.ActorOf(act => act.ReceiveAny((message, context) =>
                context.System.Scheduler.ScheduleTellOnce(
                    TimeSpan.FromSeconds(3), context.Sender, message, context.Self)));
            inbox.Send(slow, "hello");
            Assert.Equal("hello", inbox.Receive(TimeSpan.FromHours(1)));
            Assert.Equal(TimeSpan.FromSeconds(3), scene.Now);
        },
        SimulationRedirects.Waits);

    [Fact]
    public void Streams_run_with_all_redirects() => Idiom.HoldsRedirected(
        async scene =>
        {
            IEnumerable<int> all = await Source.From(Enumerable.Range(1, 3))
                .SelectAsync(1, static number => Task.Run(() => number * 2))
                .SelectAsync(1, static async number =>
                {
                    await Task.Delay(s_hour).ConfigureAwait(false);
                    return number;
                })
                .RunWith(Sink.Seq<int>(), scene.System.Materializer());
            Assert.Equal([2, 4, 6], all);
            Assert.Equal(3 * s_hour, scene.Now);
        },
        SimulationRedirects.All);

    private static IActorRef Deaf(Scene scene) => scene.System.ActorOf(act => act.ReceiveAny((_, _) => { }));

    private static async Task<string> AfterAnHour(Scene scene)
    {
        await Task.Delay(TimeSpan.FromHours(1), scene.Time);
        return "an hour";
    }
}
