using System.Globalization;
using System.Net;
using System.Text;

namespace ActorP2P.Simulation;

/// <summary>Draws the charts of a recording as one picture, in two columns, with the main figures above them.</summary>
internal sealed class SvgPicture(ScenarioRecording recording)
{
    private const int Columns = 2;
    private const int Gap = 12;
    private const int Head = 56;

    private const string Style = """
        .title { fill: var(--ink); font-weight: 600; font-size: 13px; } .head { fill: var(--ink); font-size: 18px; }
        .key { font-weight: 400; font-size: 11px; fill: var(--dim); } .k0 { fill: var(--c0); } .k1 { fill: var(--c1); }
        .k2 { fill: var(--c2); } .k3 { fill: var(--c3); } .dim { font-size: 13px; }
        svg { font-family: system-ui, sans-serif; } .paper { fill: var(--paper); }
        """;

    public string Write()
    {
        SvgChart[] charts = [.. new ReportCharts(recording).Draw()];
        (int width, int height) = SvgChart.PictureSize;
        int rows = (charts.Length + Columns - 1) / Columns;
        int allWidth = (Columns * width) + ((Columns + 1) * Gap);
        int allHeight = Head + (rows * (height + Gap)) + Gap;
        ScenarioResult result = recording.Result;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {allWidth} {allHeight}" """)
            .Append(CultureInfo.InvariantCulture, $"""width="{allWidth}" height="{allHeight}" role="img" """)
            .Append(CultureInfo.InvariantCulture, $"aria-label=\"{Encode(result.Scenario)}\">\n<style>\n")
            .Append(CultureInfo.InvariantCulture, $"{ReportStyle.Colors}\n{ReportStyle.Charts}\n{Style}\n</style>\n")
            .Append("""<rect class="paper" width="100%" height="100%"/>""")
            .Append(CultureInfo.InvariantCulture, $"""<text class="head" x="{Gap * 2}" y="28">""")
            .Append(CultureInfo.InvariantCulture, $"{Encode(result.Scenario)}, seed {result.Seed}</text>")
            .Append(CultureInfo.InvariantCulture, $"""<text class="dim" x="{Gap * 2}" y="48">""")
            .Append(CultureInfo.InvariantCulture, $"{Encode(Summary(result))}</text>\n");
        for (int number = 0; number < charts.Length; number++)
        {
            text.Append(charts[number].WriteAt(
                Gap + (number % Columns * (width + Gap)), Head + (number / Columns * (height + Gap))));
        }

        return text.Append("</svg>\n").ToString();
    }

    private string Summary(ScenarioResult result) =>
        $"{Figures.Number(recording.Scenario.Nodes)} nodes, "
        + $"{Figures.Time(recording.Scenario.Duration)} of virtual time, "
        + $"{Figures.Number(result.Broadcasts)} broadcasts, "
        + $"reach {Figures.Share(result.Reach)}, {(result.Passed ? "all expectations met" : "FAILED")}, "
        + $"trace {result.TraceHash}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
