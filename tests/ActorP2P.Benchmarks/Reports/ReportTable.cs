using System.Globalization;
using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>A report as Markdown: the machine, and a table with one row for each figure.</summary>
internal static class ReportTable
{
    public static string Of(Report report)
    {
        StringBuilder text = new();
        text.Append("# Figures\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Taken at {report.TakenAt:yyyy-MM-dd HH:mm} UTC in {report.Seconds:0} s on: {report.Machine}. ");
        text.Append(
            CultureInfo.InvariantCulture, $"Load averages before: {report.LoadBefore}, after: {report.LoadAfter}.\n\n");
        text.Append(
            "Medians, and in brackets the least and the most of the samples; a ratio is of a pair that met "
            + "the same load.\n\n");
        text.Append("| figure | node | raw | ratio | aim | met |\n|---|---|---|---|---|---|\n");
        foreach (Figure figure in report.Figures)
        {
            Aim? aim = Aim.Of(figure);
            text.Append(CultureInfo.InvariantCulture, $"| {figure.Name} | {Cell(figure.Node)} | {Cell(figure.Raw)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {(figure.HasRatio ? Cell(figure.Ratios) : "")} ");
            text.Append(CultureInfo.InvariantCulture,
                $"| {aim?.Text(figure)} | {(aim is null ? "" : aim.IsMetBy(figure) ? "yes" : "no")} |\n");
        }

        return text.ToString();
    }

    private static string Cell(IReadOnlyList<double> samples) =>
        samples.Any(double.IsNaN) ? "" : $"{Figure.Median(samples)} ({Figure.Range(samples)})";
}
