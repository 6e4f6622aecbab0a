using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Runs a world for the waits of its kits and probes. Each world has one.</summary>
internal sealed class WorldPump
{
    private static readonly ConditionalWeakTable<SimulatedWorld, WorldPump> s_pumps = [];

    private TimeSpan? _end;
    private int _testActors;

    private WorldPump(SimulatedWorld world)
    {
        World = world;
        world.EndsWithoutRest = true;
    }

    /// <summary>The world.</summary>
    public SimulatedWorld World { get; }

    /// <summary>The test method that drives the world, if one does.</summary>
    public TestBody? Body { get; set; }

    /// <summary>Why the test was given up. It must not continue, so the world no longer runs.</summary>
    public Exception? Abandoned { get; set; }

    /// <summary>How long a wait without a deadline of its own may take, in virtual time.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromDays(10);

    /// <summary>The pump of a world.</summary>
    public static WorldPump Of(SimulatedWorld world) => s_pumps.GetValue(world, static one => new WorldPump(one));

    /// <summary>
    /// The next number for the name of a test actor, counted per world. Akka's own names count per process.
    /// </summary>
    public int NextTestActor() => ++_testActors;

    /// <summary>
    /// Runs the world until the condition holds or the deadline has passed. The test's own continuations run between
    /// two steps.
    /// </summary>
    /// <returns>Whether the condition holds.</returns>
    /// <exception cref="OuterDeadlineException">This wait is inside another one, whose deadline came first.</exception>
    /// <exception cref="SimulationException">
    /// A wait without a deadline never ends, or the simulation failed.
    /// </exception>
    public bool Run(Func<bool> condition, TimeSpan wait, CancellationToken cancellation = default)
    {
        if (Abandoned is { } reason)
        {
            throw new SimulationException("The test was given up before", World.Seed, World.Now, reason);
        }
        cancellation.ThrowIfCancellationRequested();
        bool isInfinite = wait == Timeout.InfiniteTimeSpan;
        TimeSpan own = Later(isInfinite ? Limit : wait);
        TimeSpan? outer = _end;
        _end = outer is { } end && end < own ? end : own;
        bool met;
        try
        {
            met = RunTo(() => condition() || cancellation.IsCancellationRequested, _end.Value) && condition();
        }
        finally
        {
            _end = outer;
        }
        cancellation.ThrowIfCancellationRequested();
        if (met)
        {
            return true;
        }
        if (outer < own)
        {
            throw new OuterDeadlineException(wait, outer.Value, World.Seed);
        }
        return isInfinite
            ? throw new SimulationException(
                $"The test waits for something that never happens: {Limit:c} of virtual time have passed",
                World.Seed, World.Now)
            : false;
    }

    private TimeSpan Later(TimeSpan wait) => wait <= TimeSpan.Zero ? World.Now : World.Now + wait;

    private bool RunTo(Func<bool> condition, TimeSpan end)
    {
        if (Body is { } body && !World.IsRunning)
        {
            return body.RunTo(condition, end);
        }
        return World.RunUntil(condition, Left(end));
    }

    private TimeSpan Left(TimeSpan end) => end > World.Now ? end - World.Now : TimeSpan.Zero;
}
