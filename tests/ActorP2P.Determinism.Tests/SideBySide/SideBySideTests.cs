using Akka.Actor.Dsl;
using Akka.Configuration;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// A real actor system beside a simulation in the same process behaves as if it were alone, and so does the simulation.
/// </summary>
public sealed class SideBySideTests
{
    [Fact]
    public async Task A_real_system_is_unchanged_beside_simulations()
    {
        ulong alone = Mesh.Trace(7);
        string realAlone = await RealProgramAsync();

        using ManualResetEventSlim begin = new();
        TaskCompletionSource<List<ulong>> traces = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource stop = new();
        Thread simulations = new(() => Simulate(begin, traces, stop.Token)) { IsBackground = true };
        simulations.Start();
        begin.Wait();
        string realBeside = await RealProgramAsync();
        await stop.CancelAsync();

        Assert.Equal(realAlone, realBeside);
        Assert.All(await traces.Task, trace => Assert.Equal(alone, trace));
    }

    [Fact]
    public async Task A_real_system_beside_redirected_worlds_keeps_its_timers()
    {
        SimulatedWorld world = new(1, new SimulationOptions { Redirects = SimulationRedirects.All });
        ActorSystem simulated = SimulatedSystem.Create(world, "simulated");
        IActorRef deaf = simulated.ActorOf(act => act.ReceiveAny((_, _) => { }));
        Task<string> real = Task.Run(RealProgramAsync);
        int timeouts = 0;
        while (!real.IsCompleted)
        {
            world.Run(
                async () => await Assert.ThrowsAsync<AskTimeoutException>(
                    () => deaf.Ask<int>("anyone?", TimeSpan.FromHours(1))),
                TimeSpan.FromHours(2));
            timeouts++;
        }
        Assert.Equal(await RealProgramAsync(), await real);
        Assert.Equal(TimeSpan.FromHours(timeouts), world.Now);
    }

    private static void Simulate(
        ManualResetEventSlim begin, TaskCompletionSource<List<ulong>> traces, CancellationToken stop)
    {
        List<ulong> seen = [];
        try
        {
            do
            {
                seen.Add(Mesh.Trace(7));
                begin.Set();
            }
            while (!stop.IsCancellationRequested);
            traces.SetResult(seen);
        }
        catch (Exception failure)
        {
            begin.Set();
            traces.SetException(failure);
        }
    }

    /// <summary>
    /// The results of the actors of a real system: answers, children, timers, work of the pool, and a window of
    /// restarts.
    /// </summary>
    private static async Task<string> RealProgramAsync()
    {
        ActorSystem system = ActorSystem.Create("real", ConfigurationFactory.ParseString("akka.loglevel = OFF"));
        try
        {
            IActorRef parent = system.ActorOf(Props.Create(() => new RealParent()), "parent");
            int sum = (await Task.WhenAll(Enumerable.Range(0, 20).Select(number => parent.Ask<int>(number)))).Sum();
            string children = await parent.Ask<string>("children");
            string ticked = await parent.Ask<string>("timers");
            bool isOnThePool = await parent.Ask<bool>("pool");
            await Assert.ThrowsAsync<AskTimeoutException>(
                () => parent.Ask<string>("never", TimeSpan.FromMilliseconds(20)));
            string failing = await parent.Ask<string>("failing");
            return $"{sum} {children} {ticked} {isOnThePool} {failing} {system.Scheduler.GetType().Name}";
        }
        finally
        {
            await system.Terminate();
        }
    }
}
