using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>One run of an explored program: its world, its systems, and its choices.</summary>
public sealed class ExploredRun
{
    private readonly ScheduleRun _run;
    private ActorSystem? _system;

    internal ExploredRun(ScheduleRun run, SimulatedWorld world) => (_run, World) = (run, world);

    /// <summary>The world of the run.</summary>
    public SimulatedWorld World { get; }

    /// <summary>The virtual time since the start.</summary>
    public TimeSpan Now => World.Now;

    /// <summary>A system with no configuration of its own, made when it is first asked for.</summary>
    public ActorSystem System => _system ??= CreateSystem("explored");

    /// <summary>Makes another system in the same world.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Its options.</param>
    public ActorSystem CreateSystem(string name, SimulatedSystemOptions? options = null) =>
        SimulatedSystem.Create(World, name, options);

    /// <summary>Lets virtual time pass.</summary>
    /// <param name="span">How much.</param>
    public Task Pass(TimeSpan span) => Task.Delay(span, World.TimeProvider);

    /// <summary>
    /// Chooses a part of the workload, such as how many messages are sent. A failing run is made small towards 0.
    /// </summary>
    /// <param name="count">The number of possible choices.</param>
    /// <returns>A number from 0 to one less than the count.</returns>
    public int Choose(int count) => _run.ChooseWorkload(count);
}
