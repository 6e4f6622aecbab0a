namespace ActorP2P.Determinism;

/// <summary>
/// The messages that led to a failure: what it follows from, by senders and timers, and nothing else.
/// </summary>
public sealed class CausalDiagram
{
    private CausalDiagram(string title, TimeSpan end, IReadOnlyList<DiagramMessage> messages)
    {
        Title = title;
        End = end;
        Messages = messages;
        Participants = [.. messages.SelectMany(static one => new[] { one.From, one.To }).Distinct()];
    }

    /// <summary>What failed.</summary>
    public string Title { get; }

    /// <summary>The virtual time at which the run failed.</summary>
    public TimeSpan End { get; }

    /// <summary>The messages in the order in which they were handled; last those that were not.</summary>
    public IReadOnlyList<DiagramMessage> Messages { get; }

    /// <summary>Whether the run failed in the test and not while an actor handled a message.</summary>
    public bool FailsInTest => !Messages.Any(static message => message.IsFailing);

    /// <summary>The paths of the actors, and "test", in the order of their appearance.</summary>
    public IReadOnlyList<string> Participants { get; }

    /// <summary>Plain text, at most 80 columns wide.</summary>
    public string ToText() => TextDiagram.Of(this);

    /// <summary>A sequence diagram for Mermaid.</summary>
    public string ToMermaid() => MermaidDiagram.Of(this);

    /// <summary>
    /// A picture, as SVG without external parts. A slanted arrow is a message that waited while others were handled.
    /// </summary>
    public string ToSvg() => new SvgDiagram(this).ToString();

    /// <summary>A page without external parts, with the picture and the text.</summary>
    public string ToHtml() => HtmlPage.Of(this);

    internal static CausalDiagram Of(ScheduleRun run, string title)
    {
        IReadOnlyList<CausalEvent> events = CausalPast.Of(run, out int inPast);
        Dictionary<CausalEvent, int> numbers = new(ReferenceEqualityComparer.Instance);
        List<DiagramMessage> messages = [];
        foreach (CausalEvent one in events)
        {
            int number = messages.Count + 1;
            numbers[one] = number;
            CausalEvent? during = CausalPast.SentDuring(one);
            messages.Add(new DiagramMessage
            {
                Number = number,
                From = one.From.Display,
                To = one.To.Display,
                Text = one.Text ?? one.Message!.GetType().Name,
                SentDuring = during is not null ? numbers.GetValueOrDefault(during) : 0,
                SentAt = one.SentAt,
                HandledAt = CausalPast.IsHandled(one, run.Failure!) ? one.HandledAt : null,
                IsByTimer = one.Cause is { Sort: CausalSort.Timer } timer && timer.From == one.From
                    && one.From != run.Program,
                IsAside = number > inPast,
                IsFailing = IsFailing(run, one),
                Notes = one.Notes?.ToArray() ?? [],
            });
        }
        return new CausalDiagram(title, run.Failure?.Time ?? TimeSpan.Zero, messages);
    }

    // A failure in a step of Akka's own is shown at the last message that its actor handled before.
    private static bool IsFailing(ScheduleRun run, CausalEvent one)
    {
        CausalEvent? failing = run.Failure!.At;
        while (failing is { IsVisible: false })
        {
            failing = CausalPast.LatestOf(failing);
        }
        return !run.Failure.IsOfProgram && ReferenceEquals(failing, one);
    }
}
