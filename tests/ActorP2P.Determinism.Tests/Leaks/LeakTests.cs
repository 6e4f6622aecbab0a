using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Every way out of the simulation is detected at the place where it is taken, and it ends the run. When the detection
/// is off, nothing is reported.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LeakTests
{
    public static TheoryData<string> Names { get; } = [.. Departures.All.Select(static departure => departure.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_kind_of_leak_ends_the_run_with_its_stack(string name)
    {
        SimulationLeakException leak = Assert.IsType<SimulationLeakException>(Run(name));
        Assert.Contains(nameof(Departures), leak.Origin, StringComparison.Ordinal);
        Assert.Contains("Departures.cs:line", leak.Origin, StringComparison.Ordinal);
        Assert.Equal(7UL, leak.Seed);
        Assert.Equal(TimeSpan.FromSeconds(1), leak.VirtualTime);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_detection_no_leak_is_reported(string name)
    {
        Exception? ended;
        LeakDetector.IsOff = true;
        try
        {
            ended = Run(name);
        }
        finally
        {
            LeakDetector.IsOff = false;
        }
        Assert.IsNotType<SimulationLeakException>(ended);
    }

    [Fact]
    public void Leaks_are_detected_on_a_worlds_other_threads_too()
    {
        SimulatedWorld world = new(1, new SimulationOptions { LookAhead = TimeSpan.FromMilliseconds(1), Threads = 2 });
        for (int node = 0; node < 2; node++)
        {
            ActorSystem system = SimulatedSystem.Create(world, "node", new SimulatedSystemOptions { Node = node });
            bool leaves = node == 1;
            system.ActorOf(act => act.ReceiveAny((_, _) =>
            {
                if (leaves)
                {
                    Task.Run(static () => { });
                }
            })).Tell("go");
        }
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(
            () => world.RunFor(TimeSpan.FromSeconds(1)));
        Assert.Contains(nameof(LeakTests), leak.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_leak_of_a_process_is_detected() =>
        // The thread pool notices a new listener late. A fresh process shows that the first world waits until this has
        // happened.
        Assert.Equal("leak", await MeshProgram.RunElsewhereAsync("leak"));

    [Fact]
    public void Work_on_other_threads_does_not_affect_a_world()
    {
        using BusyThreadPool noise = new();
        SimulatedWorld world = new(1);
        ActorSystem system = SimulatedSystem.Create(world, "node");
        IActorRef echo = system.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
        world.Run(
            async () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    await echo.Ask<int>(i);
                }
            },
            TimeSpan.FromMinutes(1));
        // Outside of a run, the thread that drives a world may start real work.
        _ = Task.Run(static () => { });
        world.RunFor(TimeSpan.FromSeconds(1));
    }

    /// <summary>
    /// The exception that ends a run in which an actor takes this way out after a second; null when the run does not
    /// fail.
    /// </summary>
    internal static Exception? Run(string name)
    {
        Departure departure = Departures.All.Single(one => one.Name == name);
        SimulatedWorld world = new(7);
        ActorSystem system = SimulatedSystem.Create(world, "node");
        IActorRef actor = system.ActorOf(act =>
        {
            act.ReceiveAsync<int>(async (_, context) => await departure.Leave(context));
            act.ReceiveAny((_, _) => { });
        });
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), actor, 1, ActorRefs.NoSender);
        return Record.Exception(() => world.RunFor(TimeSpan.FromSeconds(2)));
    }
}
