using System.Globalization;
using System.Net;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>Writes a recording as one page of HTML that needs no other file.</summary>
internal sealed class HtmlReport(ScenarioRecording recording, IReadOnlyList<ScenarioResult> all)
{
    // A page stays small however many seeds there were.
    private const int MostSeeds = 200;

    private const string Style = """
        body { margin: 2rem auto; max-width: 82rem; padding: 0 1rem; background: var(--paper); color: var(--ink);
          font: 15px/1.45 system-ui, sans-serif; }
        h1 { font-size: 1.5rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        p.dim, td.dim { color: var(--dim); } .good { color: var(--good); } .bad { color: var(--bad); }
        .charts { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); }
        figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; display: block; }
        .key { font-weight: 400; color: var(--dim); margin-left: .8rem; }
        .key i { display: inline-block; width: .8em; height: .25em; margin-right: .3em; vertical-align: middle;
          background: currentColor; }
        table { border-collapse: collapse; }
        td, th { text-align: left; padding: .2rem 1.2rem .2rem 0; border-bottom: 1px solid var(--grid);
          font-variant-numeric: tabular-nums; } pre { white-space: pre-wrap; }
        """;

    private readonly StringBuilder _text = new();

    private ScenarioResult Result => recording.Result;

    public string Write()
    {
        string title = $"{Result.Scenario}, seed {Result.Seed}";
        _text.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
            .Append(CultureInfo.InvariantCulture, $"<title>{Encode(title)}</title>\n")
            .Append(CultureInfo.InvariantCulture,
                $"<style>\n{ReportStyle.Colors}\n{Style}\n{ReportStyle.Charts}\n</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{Encode(title)}</h1>\n<p class=\"dim\">")
            .Append(CultureInfo.InvariantCulture, $"{Figures.Number(recording.Scenario.Nodes)} nodes, ")
            .Append(CultureInfo.InvariantCulture, $"{Figures.Time(recording.Scenario.Duration)} of virtual time, ")
            .Append(CultureInfo.InvariantCulture, $"trace <code>{Encode(Result.TraceHash)}</code></p>\n");
        AppendVerdict();
        AppendFigures();
        AppendCharts();
        AppendTable("Faults", ["at", "name", "what"], recording.Faults.Select(static fault =>
            (string[])[Figures.Time(fault.At), fault.Name, fault.Text]));
        AppendTable("Why connections ended", ["reason", "ends of connections"], Result.Reasons.Select(static reason =>
            (string[])[reason.Key, Figures.Number(reason.Value)]));
        if (all.Count > 1)
        {
            AppendTable($"Seeds: {all.Count}, of which {all.Count(static one => !one.Passed)} failed",
                ["seed", "", "trace", "reach", "p99", "copies"], all.Take(MostSeeds).Select(static one => (string[])
                    [$"{one.Seed}", one.Passed ? "ok" : "FAILED", one.TraceHash, Figures.Share(one.Reach),
                        Figures.Time(one.DeliveryP99), Figures.Number(one.Copies)]));
        }

        return _text.Append("</body></html>\n").ToString();
    }

    private void AppendVerdict()
    {
        _text.Append(Result.Passed
            ? "<p class=\"good\">All checks and expectations are met.</p>\n"
            : $"<p class=\"bad\">Failed.</p><pre>{Encode(Result.Failure!)}</pre>\n");
        ExpectedFigure[] expected = [.. recording.Scenario.Expect.Compare(Result)];
        if (expected.Length > 0)
        {
            AppendTable("Expectations", ["figure", "is", "expected", ""], expected.Select(static one =>
                (string[])[one.Name, one.Figure, one.Expected, one.IsMet ? "met" : "NOT MET"]));
        }
    }

    private void AppendFigures() => AppendTable("Figures", ["figure", "value"],
    [
        ["broadcasts", Figures.Number(Result.Broadcasts)],
        ["reach", Figures.Share(Result.Reach)],
        ["delivery: half, 90 %, 99 %, all", string.Join(", ", new[]
            {
                Result.DeliveryP50, Result.DeliveryP90, Result.DeliveryP99, Result.DeliveryMax,
            }.Select(Figures.Time))],
        ["copies of a broadcast at a node", Figures.Number(Result.Copies)],
        ["asks, answered, ended",
            $"{Figures.Number(Result.Asks)}, {Figures.Share(Result.Answered)}, {Figures.Share(Result.AsksEnded)}"],
        ["streams, read to their end", $"{Figures.Number(Result.Streams)}, {Figures.Share(Result.Streamed)}"],
        ["bytes sent by a node", Figures.Bytes(Result.BytesPerNode)],
        ["most bytes held by a node", Figures.Bytes(Result.MostHeldBytes)],
        ["frames", Figures.Number(Result.Frames)],
    ]);

    private void AppendCharts()
    {
        _text.Append("<h2>Over time</h2>\n<div class=\"charts\">\n");
        foreach (SvgChart chart in new ReportCharts(recording).Draw())
        {
            _text.Append(chart.Write());
        }

        _text.Append("</div>\n");
    }

    private void AppendTable(string title, string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        _text.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(title)}</h2>\n<table><tr>");
        _text.AppendJoin("", head.Select(static cell => $"<th>{Encode(cell)}</th>")).Append("</tr>\n");
        foreach (string[] row in all)
        {
            _text.Append("<tr>").AppendJoin("", row.Select(static cell => $"<td>{Encode(cell)}</td>"))
                .Append("</tr>\n");
        }

        _text.Append("</table>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
