namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>
/// A run that uses all redirects: timers, the pool, blocking, PipeTo, and many actors in shuffled order.
/// </summary>
internal static class ManyIdioms
{
    private const int Actors = 12;

    /// <summary>The trace of a run.</summary>
    public static ulong Run(ulong seed)
    {
        SimulatedWorld world = SimulatedTestKit.CreateWorld(seed);
        using SimulatedTestKit kit = new(SimulatedTestKit.CreateSystem(world, "many"));
        Play(kit);
        return world.TraceHash;
    }

#pragma warning disable xUnit1031 // Blocking is one of the idioms of the run.
    private static void Play(SimulatedTestKit kit)
    {
        SimulatedProbe probe = kit.CreateTestProbe();
        for (int number = 0; number < Actors; number++)
        {
            int mine = number;
            kit.Sys.ActorOf(Props.Create(() => new WorkingActor((message, context) =>
                Work(mine, context, probe))), $"a{number}")
                .Tell("begin");
        }
        kit.Sys.ActorOf(Props.Create(() => new TickingActor(TimeSpan.FromSeconds(7))), "ticking");
        probe.ReceiveN(Actors * 3, TimeSpan.FromHours(1));
        IActorRef echo = kit.Sys.ActorOf(Props.Create(() => new EchoActor()), "echo");
        _ = echo.Ask<string>("blocked", TimeSpan.FromMinutes(1)).Result;
        Task.Delay(1).Wait();
        kit.ExpectNoMsg(TimeSpan.FromMinutes(10));
    }
#pragma warning restore xUnit1031

    private static async Task Work(int number, IActorContext context, IActorRef to)
    {
        IActorRef self = context.Self;
        await Task.Delay(1 + (number % 3));
        int computed = await Task.Run(async () =>
        {
            await Task.Delay(number).ConfigureAwait(false);
            return number * 2;
        });
        to.Tell(computed, self);
        _ = Task.Delay(5).ContinueWith(_ => to.Tell("continued", self), TaskScheduler.Default);
        _ = Slowly(number).PipeTo(to, self);
    }

    private static async Task<string> Slowly(int number)
    {
        await Task.Delay(number);
        await Task.Yield();
        return "piped";
    }
}
