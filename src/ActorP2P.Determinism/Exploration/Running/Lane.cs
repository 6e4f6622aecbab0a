namespace ActorP2P.Determinism;

/// <summary>An actor, or the driving program, as a schedule sees it over all its lives.</summary>
/// <param name="name">Its path without the address; a name of the driving program.</param>
internal sealed class Lane(string name)
{
    private const string TestActors = "/system/testActor-";

    public string Name => name;

    /// <summary>The name of its continuations in schedules.</summary>
    public string ContinuationName { get; } = $"~{name}";

    /// <summary>The type of the actor; null for the driving program.</summary>
    public Type? ActorType { get; set; }

    /// <summary>Whether it handles a message inside the call that sends it, as the test actors of a kit do.</summary>
    public bool IsInline { get; set; }

    /// <summary>
    /// Whether it is Akka's parent of top-level actors, which delivers what was sent to them before they started.
    /// </summary>
    public bool IsGuardian { get; set; }

    /// <summary>Whether it has handled the message of its present turn.</summary>
    public bool IsTurnOver { get; set; }

    /// <summary>How many turns it has been given.</summary>
    public int Turns { get; set; }

    /// <summary>How many continuations have been queued in its name.</summary>
    public int Continuations { get; set; }

    /// <summary>How many timers have been set in its name.</summary>
    public int Timers { get; set; }

    /// <summary>How many messages it has begun to handle.</summary>
    public int Handled { get; set; }

    /// <summary>The messages that wait in its mailbox, in order.</summary>
    public List<CausalEvent> Pending { get; } = [];

    /// <summary>The messages that it has taken and may have stashed.</summary>
    public List<CausalEvent> Taken { get; } = [];

    /// <summary>The system messages that it will handle at the start of its next turn.</summary>
    public List<CausalEvent> System { get; } = [];

    /// <summary>What it did last.</summary>
    public CausalEvent? Last { get; set; }

    /// <summary>The type of the message that it handled last.</summary>
    public Type? LastType { get; set; }

    /// <summary>Whether it crashes as soon as its present turn is over.</summary>
    public bool CrashesAfterTurn { get; set; }

    /// <summary>The last state that was shown of it.</summary>
    public string? Shown { get; set; }

    /// <summary>
    /// The name that a diagram shows: a kit's test actor is the test itself, and probes have short names.
    /// </summary>
    public string Display => !IsInline
        ? name
        : name.StartsWith(TestActors, StringComparison.Ordinal)
            ? ScheduleRun.ProgramName
            : name[(name.LastIndexOf('/') + 1)..];

    /// <inheritdoc/>
    public override string ToString() => name;
}
