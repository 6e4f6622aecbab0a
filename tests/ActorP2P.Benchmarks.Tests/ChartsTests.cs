using System.Xml.Linq;
using ScottPlot;

namespace ActorP2P.Benchmarks.Tests;

public class ChartsTests
{
    private static readonly Report s_report = Samples.Report(
        new Figure("oneway-1KiB-MB/s", [900, 950, 990], [1000, 1100, 1200]),
        new Figure("broadcast-idle-x64-sender-cpu-ns/delivery", [10, 11, 12], [40, 40, 40]),
        new Figure("scale-x1-1KiB-k/s", [1, 2, 3], [7, 8, 9]));

    [Fact]
    public void A_chart_is_drawn_if_its_figures_were_measured()
    {
        Assert.Equal(["shares.svg", "oneway.svg", "scale.svg"], Charts.Of(s_report).Select(chart => chart.Name));
        Assert.Equal(["scale.svg"], Charts.Of(Samples.Report(s_report.Figures[2])).Select(chart => chart.Name));
    }

    [Fact]
    public void A_chart_has_a_light_ground_and_fits_any_width()
    {
        foreach ((string name, string svg) in Charts.Of(s_report))
        {
            XElement picture = XDocument.Parse(svg).Root!;
            (string width, string height) = (picture.Attribute("width")!.Value, picture.Attribute("height")!.Value);
            Assert.Equal($"0 0 {width} {height}", picture.Attribute("viewBox")?.Value);

            XElement ground = picture.Elements().First();
            Assert.Equal(
                ("rect", "white", width, height),
                (ground.Name.LocalName, ground.Attribute("fill")?.Value, ground.Attribute("width")?.Value,
                    ground.Attribute("height")?.Value));
            Assert.True(Words(picture).Contains("least and most"), name);
        }
    }

    [Fact]
    public void Every_figure_has_its_name_and_its_median()
    {
        IReadOnlySet<string> words = Words(XDocument.Parse(Charts.Of(s_report).First().Svg).Root!);
        Assert.Superset(
            new HashSet<string> { "oneway-1KiB-MB/s", "0.86", "broadcast-idle-x64-sender-cpu-ns/delivery", "3.64" },
            words.ToHashSet());
    }

    [Fact]
    public void A_bar_below_its_aim_has_another_colour()
    {
        Report missed = Samples.Report(new Figure("oneway-1KiB-MB/s", [500, 500, 500], [1000, 1000, 1000]));

        Assert.Equal(1, Bars(missed, Chart.Missed));
        Assert.Equal(0, Bars(missed, Chart.Node));
    }

    // One rectangle of each colour belongs to the legend.
    private static int Bars(Report report, Color colour) => XDocument.Parse(Charts.Of(report).First().Svg).Descendants()
        .Count(element => element.Attribute("fill")?.Value == colour.ToHex()) - 1;

    private static HashSet<string> Words(XElement picture) =>
        [.. picture.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value.Trim())];
}
