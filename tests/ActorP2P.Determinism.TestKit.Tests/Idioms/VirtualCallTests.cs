namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Calls in this project that would block or leave the simulation; the generator intercepts them.</summary>
public sealed class VirtualCallTests : KitTest
{
    [Fact]
    public void Other_actors_go_on_while_one_waits_for_an_event()
    {
        using CountdownEvent countdown = new(1);
        using ManualResetEventSlim slim = new();
        using ManualResetEvent handle = new(false);
        using SemaphoreSlim semaphore = new(0);
        IActorRef waiting = Does((_, context) =>
        {
            countdown.Wait();
            bool isMet = slim.Wait(Hour) && handle.WaitOne(Hour) && semaphore.Wait((int)Hour.TotalMilliseconds);
            context.Sender.Tell(isMet);
        });
        Later(Minutes(1), "go", Does((_, _) => countdown.Signal()));
        Later(Minutes(2), "go", Does((_, _) => slim.Set()));
        Later(Minutes(3), "go", Does((_, _) => handle.Set()));
        Later(Minutes(4), "go", Does((_, _) => semaphore.Release()));
        waiting.Tell("wait", TestActor);
        Assert.True(ExpectMsg<bool>(Hour));
        Assert.Equal(Minutes(4), Time);
    }

    [Fact]
    public void A_wait_of_an_actor_ends_after_its_time()
    {
        using ManualResetEventSlim never = new();
        Does((_, context) => context.Sender.Tell(never.Wait(Minutes(5)))).Tell("wait", TestActor);
        Assert.False(ExpectMsg<bool>(Hour));
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void A_wait_of_an_actor_is_cancelled()
    {
        using ManualResetEventSlim never = new();
        using CancellationTokenSource source = new();
        Later(Minutes(5), "go", Does((_, _) => source.Cancel()));
        Does(
            (_, context) => context.Sender.Tell(Record.Exception(() => never.Wait(source.Token))!))
                .Tell("wait", TestActor);
        Assert.Equal(source.Token, ExpectMsg<OperationCanceledException>(Hour).CancellationToken);
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void Sleep_takes_virtual_time_in_a_test_and_in_an_actor()
    {
        Thread.Sleep(Minutes(1));
        Assert.Equal(Minutes(1), Time);
        Does((_, context) =>
        {
            Thread.Sleep(60_000);
            context.Sender.Tell(Time.ToString());
        }).Tell("sleep", TestActor);
        Assert.Equal("00:02:00", ExpectMsg<string>(Hour));
    }

    [Fact]
    public void SpinUntil_lets_the_actors_run()
    {
        bool hasCome = false;
        Later(Minutes(1), "go", Does((_, _) => hasCome = true));
        SpinWait.SpinUntil(() => hasCome);
        Assert.False(SpinWait.SpinUntil(static () => false, Minutes(1)));
        Assert.Equal(Minutes(2), Time);
    }

    [Fact]
    public async Task ActorSystem_Create_makes_a_system_of_the_same_world()
    {
        ActorSystem other = ActorSystem.Create("other");
        Assert.Same(World, SimulatedSystem.WorldOf(other));
        IActorRef echo = other.ActorOf(Props.Create(() => new EchoActor()));
        Assert.Equal("x", await echo.Ask<string>("x"));
    }

    [Fact]
    public void A_barrier_in_an_actor_is_refused_with_what_to_use()
    {
        using Barrier barrier = new(2);
        Does((_, context) => context.Sender.Tell(Refusal(barrier))).Tell("call", TestActor);
        Assert.Contains("CountdownEvent", ExpectMsg<NotSupportedException>().Message);
    }

    [Fact]
    public void A_stopwatch_of_the_kit_measures_virtual_time()
    {
        SimulatedStopwatch watch = SimulatedStopwatch.StartNew();
        long begin = SimulatedStopwatch.GetTimestamp();
        Advance(Minutes(1));
        watch.Stop();
        Advance(Minutes(1));
        Assert.Equal(Minutes(1), watch.Elapsed);
        Assert.Equal(60_000, watch.ElapsedMilliseconds);
        Assert.Equal(Minutes(2), SimulatedStopwatch.GetElapsedTime(begin));
        watch.Restart();
        Advance(Minutes(3));
        Assert.Equal(Minutes(3), watch.Elapsed);
    }

    private static Exception Refusal(Barrier barrier)
    {
        try
        {
            barrier.SignalAndWait();
            return new InvalidOperationException("The barrier let it pass.");
        }
        catch (NotSupportedException refusal)
        {
            return refusal;
        }
    }
}
