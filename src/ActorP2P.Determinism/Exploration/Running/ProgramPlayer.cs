using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Determinism;

/// <summary>Plays a driving program under one schedule.</summary>
internal static class ProgramPlayer
{
    /// <summary>Plays it on this thread.</summary>
    /// <returns>What it failed with; null when it did not fail.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a program throws is the result of its run.")]
    public static Exception? Play(ScheduleRun run, ExploreOptions options, Func<ExploredRun, Task> program)
    {
        try
        {
            SimulatedWorld world = new(
                run.Seed, new SimulationOptions { Shuffle = true, Redirects = options.Redirects, Run = run });
            world.Run(() => program(new ExploredRun(run, world)), options.VirtualLimit);
            // What the program has left to do at this instant is part of the run.
            world.RunFor(TimeSpan.Zero);
            return null;
        }
        catch (Exception failure)
        {
            run.MarkFailure();
            return failure;
        }
    }
}
