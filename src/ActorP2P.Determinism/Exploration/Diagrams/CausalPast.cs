namespace ActorP2P.Determinism;

/// <summary>Selects from a run what had to happen before it failed.</summary>
internal static class CausalPast
{
    private const string Users = "/user";

    /// <summary>How many messages are shown that went beside the past.</summary>
    private const int MostAside = 5;

    /// <summary>
    /// The events that a reader sees of the past of the failure, in the order of handling, and then those that were
    /// sent in it and handled beside it, or not at all. When the driving program waited in vain, that is the past of
    /// all actors, for what did not happen has no past.
    /// </summary>
    public static IReadOnlyList<CausalEvent> Of(ScheduleRun run, out int inPast)
    {
        inPast = 0;
        if (run.Failure is not { } failure)
        {
            return [];
        }
        HashSet<CausalEvent> past = Closure(
            failure.IsInVain || failure.At is null ? failure.Ends.Append(failure.At) : [failure.At]);
        CausalEvent[] shown = [.. run.Trace.Events.Where(one => one.Number <= failure.Sent && IsShown(run, one))];
        CausalEvent[] ordered =
            [.. shown.Where(one => past.Contains(one) && IsHandled(one, failure)).OrderBy(static one => one.HandledAs)];
        inPast = ordered.Length;
        return
        [
            .. ordered,
            .. shown.Where(one => !past.Contains(one) && one.Sort != CausalSort.Supervision && IsAside(run, one, past))
                .Take(MostAside),
        ];
    }

    /// <summary>Whether an event was handled before the failure.</summary>
    public static bool IsHandled(CausalEvent one, FailurePoint failure) =>
        one.HandledAs > 0 && one.HandledAs <= failure.Handled;

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

    /// <summary>Whether it is an actor of the user's.</summary>
    public static bool IsUsers(Lane lane) => lane.Name.Contains(Users, StringComparison.Ordinal);

    /// <summary>
    /// Whether a message that is not of the past may matter: it was sent in the past and its effect did not come in
    /// time, or the test waited in vain.
    /// </summary>
    private static bool IsAside(ScheduleRun run, CausalEvent one, HashSet<CausalEvent> past)
    {
        if (run.Failure is not { IsInVain: false } failure)
        {
            return true;
        }
        return one.Cause is { } cause ? past.Contains(cause) : failure.IsOfProgram || one.To == failure.At?.To;
    }

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
