namespace ActorP2P.Determinism;

/// <summary>Finds out about a failure: whether it repeats, its smallest run, and the messages that led to it.</summary>
internal sealed class FailureStudy(ExploreOptions options, string name, PlayerThreads threads)
{
    /// <summary>How to play a schedule again.</summary>
    public static RunSetup SetupOf(ExploreOptions options, Schedule schedule, bool isShown) => new()
    {
        Seed = schedule.Seed,
        Strategy = new PlainStrategy(),
        Replayed = schedule,
        Faults = options.Faults with { MaxCrashes = int.MaxValue },
        RealLimit = options.RealLimit,
        IsShown = isShown,
        State = options.State,
        Text = options.Text,
    };

    /// <summary>What is reported of a run that failed and was played to be shown.</summary>
    public static ExplorationFailure Shown(
        ExploreOptions options, string name, FoundFailure found, Played shown, bool repeats, bool isShrunk)
    {
        CausalDiagram diagram = CausalDiagram.Of(shown.Run, $"{name}: {found.First.Cause}");
        return new ExplorationFailure(name, found, shown, diagram, repeats, isShrunk, options.ReportFolder);
    }

    /// <summary>What is reported of a failure.</summary>
    /// <param name="found">The failure.</param>
    /// <param name="shrinks">Whether its run is made small.</param>
    public ExplorationFailure Of(FoundFailure found, bool shrinks)
    {
        FailureCause cause = found.First.Cause!;
        Schedule recorded = found.First.Run.Recorded();
        Played again = Play(recorded, isShown: false);
        if (again.Cause != cause)
        {
            return Shown(options, name, found, found.First, repeats: false, isShrunk: false);
        }
        bool isEndless = found.First.Failure is NeverEndsException;
        Schedule smallest = shrinks && !isEndless
            ? new Shrinker(schedule => Play(schedule, isShown: false), cause, options.ShrinkBudget).Shrink(recorded)
            : recorded;
        Played shown = Play(smallest, isShown: true);
        bool repeats = shown.Cause == cause && again.Hash == found.First.Hash;
        return Shown(options, name, found, shown.Cause == cause ? shown : again, repeats, shrinks);
    }

    private Played Play(Schedule schedule, bool isShown) =>
        threads.PlayOne(new ScheduleRun(SetupOf(options, schedule, isShown)));
}
