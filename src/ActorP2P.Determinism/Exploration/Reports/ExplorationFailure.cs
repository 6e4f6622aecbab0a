using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>Failures of one cause that an exploration has found, with the smallest run that shows it.</summary>
public sealed class ExplorationFailure
{
    /// <summary>A longer schedule is written to a file instead of the line that repeats it.</summary>
    private const int MaxLine = 1_000;

    private readonly string _test;
    private readonly FailureCause _cause;

    internal ExplorationFailure(
        string test,
        FoundFailure found,
        Played shown,
        CausalDiagram diagram,
        bool repeats,
        bool isShrunk,
        string? folder)
    {
        _test = test;
        _cause = found.First.Cause!;
        Exception = (shown.Failure ?? found.First.Failure)!;
        Count = found.Count;
        Schedule = found.First.Index;
        FoundChanges = found.First.Run.Recorded().Decisions.Length;
        Changes = shown.Run.Recorded().Decisions.Length;
        Replay = shown.Run.Recorded().ToString();
        Diagram = diagram;
        Repeats = repeats;
        IsShrunk = isShrunk;
        Files = ReportFiles.Write(folder, test, Schedule, diagram, Replay);
    }

    /// <summary>What failed: the kind of exception or the claim, and the place.</summary>
    public string Cause => _cause.ToString();

    /// <summary>The exception of the smallest run.</summary>
    public Exception Exception { get; }

    /// <summary>How many schedules failed of this cause.</summary>
    public int Count { get; }

    /// <summary>The number of the first of them; the plain order is 0.</summary>
    public int Schedule { get; }

    /// <summary>How many decisions of that schedule differ from the plain order.</summary>
    public int FoundChanges { get; }

    /// <summary>How many decisions of the smallest run differ from the plain order.</summary>
    public int Changes { get; }

    /// <summary>The smallest run, for <see cref="ExploreOptions.Replay"/>.</summary>
    public string Replay { get; }

    /// <summary>
    /// Whether the schedule failed in the same way when it was played again. If not, the program depends on the wall
    /// clock, on chance of its own, or on what other runs share with it.
    /// </summary>
    public bool Repeats { get; }

    /// <summary>Whether the run was made small.</summary>
    public bool IsShrunk { get; }

    /// <summary>The messages that led to the failure.</summary>
    public CausalDiagram Diagram { get; }

    /// <summary>The files with the diagram.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The line for a shell that repeats the smallest run.</summary>
    public string ReplayLine
    {
        get
        {
            string? file = Files.FirstOrDefault(
                static one => one.EndsWith(ReportFiles.ReplayEnding, StringComparison.Ordinal));
            string value = Replay.Length > MaxLine && file is not null ? $"@{file}" : Replay;
            return $"{Explore.ReplayVariable}='{value}' dotnet test --filter \"FullyQualifiedName~{_test}\"";
        }
    }

    /// <summary>All of it as text.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Cause).Append('\n');
        text.Append("  ").Append(Exception.Message.ReplaceLineEndings("\n  ")).Append('\n');
        string schedules = Count == 1 ? "schedule" : $"of {Count} schedules that failed so, first";
        text.Append(CultureInfo.InvariantCulture, $"  {schedules} {Schedule}, which departed {FoundChanges} times ");
        text.Append("from the plain order");
        if (IsShrunk)
        {
            text.Append(CultureInfo.InvariantCulture, $"; the smallest run departs {Changes} times");
        }
        text.Append('\n');
        if (!Repeats)
        {
            text.Append("  IT DOES NOT REPEAT: the same schedule gave another run. The program depends on the\n")
                .Append("  wall clock, on chance of its own, or on state that runs share.\n");
        }
        text.Append("  replay: ").Append(ReplayLine).Append('\n');
        foreach (string file in Files)
        {
            text.Append("  file: ").Append(file).Append('\n');
        }
        return text.Append('\n').Append(Diagram.ToText()).ToString();
    }
}
