using ActorP2P.Actors.Tests.Conformance;

namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class ShutdownTests : SimulatedTest
{
    [Fact]
    public void Phases_run_one_after_the_other_whatever_the_order_of_their_tasks()
    {
        ActorSystem system = NewSystem();
        var shutdown = CoordinatedShutdown.Get(system);
        system.ActorOf(new Hooks { PostStop = () => Said.Add("actors") }.ToProps());
        string[] phases =
        [
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            CoordinatedShutdown.PhaseServiceStop,
            CoordinatedShutdown.PhaseServiceUnbind,
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
        ];
        foreach (string phase in phases)
        {
            shutdown.AddTask(phase, "slow", async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), system.TimeProvider);
                Said.Add(phase);
                return Done.Instance;
            });
        }
        Scheduler.Run(() => shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance), TimeSpan.FromMinutes(1));
        Assert.Equal([.. Enumerable.Reverse(phases), "actors"], Said);
        Assert.Equal(TimeSpan.FromSeconds(4), Scheduler.Now);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_task_that_fails_or_hangs_is_named_and_left_behind()
    {
        ActorSystem system = NewSystem(config: "akka.coordinated-shutdown.phases.service-stop.timeout = 3s");
        var shutdown = CoordinatedShutdown.Get(system);
        Listen<Warning>(system, warning => warning.Message.ToString()!);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "hangs", () => new TaskCompletionSource<Done>().Task);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "fails", () => throw new Boom("shutdown"));
        Scheduler.Run(() => system.Terminate(), TimeSpan.FromMinutes(1));
        Assert.Equal(
            ["Task fails of phase service-stop failed", "Task hangs of phase service-stop was left behind after 00:00:03"],
            Said.Order(StringComparer.Ordinal));
        Assert.Equal(TimeSpan.FromSeconds(3), Scheduler.Now);
    }

    [Fact]
    public void A_task_of_an_unknown_phase_is_refused() => Assert.Throws<ArgumentException>(
        () => CoordinatedShutdown.Get(NewSystem()).AddTask("teatime", "tea", () => Task.FromResult(Done.Instance)));
}
