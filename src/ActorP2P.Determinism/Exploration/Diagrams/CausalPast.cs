namespace ActorP2P.Determinism;

/// <summary>Selects from a run what had to happen before it failed.</summary>
internal static class CausalPast
{
    private const string Users = "/user";

    /// <summary>
    /// The events that a reader sees of the past of the failure, in the order of handling, and then those that were on their way.
    /// When the driving program waited in vain, that is the past of all actors, for what did not happen has no past.
    /// </summary>
    public static IReadOnlyList<CausalEvent> Of(ScheduleRun run)
    {
        bool isInVain = run.WaitedInVain && run.Now.Lane == run.Program;
        IEnumerable<CausalEvent?> ends = isInVain || run.Trace.Failing is null
            ? run.Lanes.Where(IsUsers).Select(static lane => lane.Last).Append(run.Trace.Failing)
            : [run.Trace.Failing];
        HashSet<CausalEvent> past = Closure(ends);
        Lane? at = run.Trace.Failing?.To;
        return
        [
            .. run.Trace.Events.Where(one => past.Contains(one) && one.HandledAs > 0 && IsShown(run, one))
                .OrderBy(static one => one.HandledAs),
            .. run.Trace.Events.Where(one => one.HandledAs == 0 && (isInVain || one.To == at)
                && one.Sort != CausalSort.Supervision && IsShown(run, one)
                && (isInVain || (one.Cause is { } cause ? past.Contains(cause) : one.From == run.Program))),
        ];
    }

    /// <summary>The event of the diagram during which another one was caused; null when there is none.</summary>
    public static CausalEvent? SentDuring(CausalEvent caused)
    {
        CausalEvent? cause = caused.Cause;
        while (cause is { IsVisible: false })
        {
            cause = LatestOf(cause);
        }
        return cause;
    }

    /// <summary>What an event that a reader does not see follows from most closely.</summary>
    public static CausalEvent? LatestOf(CausalEvent hidden) => hidden.Sort is CausalSort.Timer or CausalSort.Join
        ? hidden.Cause ?? hidden.Before
        : hidden.Before ?? hidden.Cause;

    private static bool IsShown(ScheduleRun run, CausalEvent one) => IsKnown(run, one.From) && IsKnown(run, one.To);

    private static bool IsKnown(ScheduleRun run, Lane lane) => lane == run.Program || IsUsers(lane) || lane.IsInline;

    private static bool IsUsers(Lane lane) => lane.Name.Contains(Users, StringComparison.Ordinal);

    private static HashSet<CausalEvent> Closure(IEnumerable<CausalEvent?> ends)
    {
        HashSet<CausalEvent> past = new(ReferenceEqualityComparer.Instance);
        Stack<CausalEvent> open = new(ends.OfType<CausalEvent>());
        while (open.TryPop(out CausalEvent? one))
        {
            if (past.Add(one))
            {
                Push(open, one.Cause);
                Push(open, one.Before);
            }
        }
        return past;
    }

    private static void Push(Stack<CausalEvent> open, CausalEvent? one)
    {
        if (one is not null)
        {
            open.Push(one);
        }
    }
}
