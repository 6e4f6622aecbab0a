using Akka.Actor.Dsl;
using Akka.Event;
using Akka.Pattern;

namespace ActorP2P.Determinism.Tests;

public sealed class PatternIdiomTests
{
    [Fact]
    public void RetrySupport_tries_again_in_virtual_time() => Idiom.Holds(async scene =>
    {
        int attempts = 0;
        int answer = await RetrySupport.Retry(
            () => ++attempts < 3 ? Task.FromException<int>(new DeliberateException("no")) : Task.FromResult(attempts),
            attempts: 5,
            delay: TimeSpan.FromHours(1),
            scene.System.Scheduler);
        Assert.Equal(3, answer);
        Assert.Equal(TimeSpan.FromHours(2), scene.Now);
    });

    [Fact]
    public void RetrySupport_with_back_off_draws_from_the_seed() => Idiom.Holds(async scene =>
    {
        int attempts = 0;
        await RetrySupport.Retry(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), scene.World.TimeProvider);
                return ++attempts < 4 ? throw new DeliberateException("no") : attempts;
            },
            attempts: 5,
            minBackoff: TimeSpan.FromSeconds(1),
            maxBackoff: TimeSpan.FromHours(1),
            randomFactor: 1,
            scene.System.Scheduler);
        scene.Say(scene.Now);
    });

    [Fact]
    public void FutureTimeoutSupport_completes_later() => Idiom.Holds(async scene =>
    {
        Assert.Equal(7, await FutureTimeoutSupport.After(
            TimeSpan.FromHours(1), scene.System.Scheduler, () => Task.FromResult(7)));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void A_circuit_breaker_opens_and_tries_again() => Idiom.Holds(async scene =>
    {
        CircuitBreaker breaker = Breaker(scene, Timeout.InfiniteTimeSpan);
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<DeliberateException>(
                () => breaker.WithCircuitBreaker(_ => Task.FromException<int>(new DeliberateException("no"))));
        }
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(_ => Task.FromResult(1)));
        await scene.PassHours(1);
        Assert.Equal(2, await breaker.WithCircuitBreaker(_ => Task.FromResult(2)));
        Assert.True(breaker.IsClosed);
    });

    [Fact]
    public void Listeners_of_a_circuit_breaker_need_redirected_tasks() => Idiom.HoldsRedirected(async scene =>
    {
        CircuitBreaker breaker = Breaker(scene, Timeout.InfiniteTimeSpan);
        breaker.OnOpen(() => scene.Say("open"));
        breaker.OnHalfOpen(() => scene.Say("half open"));
        breaker.OnClose(() => scene.Say("closed"));
        for (int i = 0; i < 2; i++)
        {
            await Assert.ThrowsAsync<DeliberateException>(
                () => breaker.WithCircuitBreaker(_ => Task.FromException<int>(new DeliberateException("no"))));
        }
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(_ => Task.FromResult(1)));
        await scene.PassHours(1);
        Assert.Equal(2, await breaker.WithCircuitBreaker(_ => Task.FromResult(2)));
        await scene.PassSeconds(1);
        Assert.Equal(["open at 0", "half open at 60", "closed at 3600"], scene.Said);
    }, SimulationRedirects.Tasks);

    [Fact]
    public void A_circuit_breaker_takes_slow_calls_by_redirected_tasks() => Idiom.HoldsRedirected(async scene =>
    {
        CircuitBreaker breaker = Breaker(scene, Timeout.InfiniteTimeSpan);
        int answer = await breaker.WithCircuitBreaker(async token =>
        {
            await Task.Delay(TimeSpan.FromHours(1), scene.World.TimeProvider, token);
            return 7;
        });
        Assert.Equal(7, answer);
    }, SimulationRedirects.Tasks);

    [Fact]
    public void A_circuit_breaker_with_a_limit_is_reported() => Idiom.Leaks(
        async scene => await Breaker(scene, TimeSpan.FromSeconds(5)).WithCircuitBreaker(async token =>
        {
            await Task.Delay(TimeSpan.FromHours(1), scene.World.TimeProvider, token);
            return 7;
        }),
        nameof(A_circuit_breaker_with_a_limit_is_reported));

    [Fact]
    public void The_event_stream_reaches_its_subscribers() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(act => act.Receive<string>((text, _) => scene.Say(text)));
        scene.System.EventStream.Subscribe(listener, typeof(string));
        scene.System.EventStream.Publish("news");
        await scene.PassSeconds(1);
        scene.System.EventStream.Unsubscribe(listener);
        scene.System.EventStream.Publish("more news");
        await scene.PassSeconds(1);
        Assert.Equal(["news at 0"], scene.Said);
    });

    [Fact]
    public void Dead_letters_are_published() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(act =>
            act.Receive<DeadLetter>((letter, _) => scene.Say(letter.Message)));
        scene.System.EventStream.Subscribe(listener, typeof(DeadLetter));
        IActorRef gone = scene.System.ActorOf(act => act.ReceiveAny((_, _) => { }));
        await gone.GracefulStop(Timeout.InfiniteTimeSpan);
        gone.Tell("too late");
        await scene.PassSeconds(1);
        Assert.Contains("too late at 0", scene.Said);
    });

    private static CircuitBreaker Breaker(Scene scene, TimeSpan callTimeout) =>
        new(scene.System.Scheduler, maxFailures: 2, callTimeout, resetTimeout: TimeSpan.FromMinutes(1));
}
