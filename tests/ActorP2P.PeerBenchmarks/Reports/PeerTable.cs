using System.Globalization;
using System.Text;

namespace ActorP2P.PeerBenchmarks;

/// <summary>A report as Markdown: one row for each figure, one column for each system.</summary>
internal static class PeerTable
{
    public static string Of(PeerReport report)
    {
        StringBuilder text = new();
        text.Append("# Beside other systems\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Taken at {report.TakenAt:yyyy-MM-dd HH:mm} UTC in {report.Seconds:0} s on: {report.Machine}. ");
        text.Append(
            CultureInfo.InvariantCulture, $"Load averages before: {report.LoadBefore}, after: {report.LoadAfter}.\n\n");
        Append(text, report, "Processor time of both sides, µs per message (the least of the samples)",
            static name => name.EndsWith($"-{PeerMeasure.Cpu}", StringComparison.Ordinal) && !IsFar(name));
        Append(text, report, "Of it the far side, µs per message", IsFar);
        Append(text, report, "Rates, times and bytes (medians)",
            static name => !name.EndsWith(PeerMeasure.Cpu, StringComparison.Ordinal));
        text.Append("## Set-up\n\n");
        foreach (PeerReport.Row system in report.Systems)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {system.Name}: {system.Setup}\n");
        }

        foreach (string failure in report.Failures)
        {
            text.Append(CultureInfo.InvariantCulture, $"- not measured: {failure}\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PeerReport report, string title, Func<string, bool> which)
    {
        string[] names = [.. report.Figures.Select(static figure => figure.Name).Distinct().Where(which)];
        if (names.Length == 0)
        {
            return;
        }

        string[] systems = [.. report.Systems.Select(static system => system.Name)];
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| figure | {string.Join(" | ", systems)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(systems.Select(static _ => "---|"))}\n");
        foreach (string name in names)
        {
            string? best = report.BestOf(name);
            IEnumerable<string> cells = systems.Select(
                system => report.Find(name, system) is { } figure ? Cell(figure, system == best) : "");
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", cells)} |\n");
        }

        text.Append('\n');
    }

    private static bool IsFar(string name) => name.EndsWith(PeerMeasure.FarCpu, StringComparison.Ordinal);

    private static string Cell(PeerFigure figure, bool isBest)
    {
        string value = PeerFigure.Text(figure.Value);
        return isBest ? $"**{value}**" : value;
    }
}
