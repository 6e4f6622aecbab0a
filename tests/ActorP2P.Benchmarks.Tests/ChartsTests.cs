using System.Globalization;
using System.Xml.Linq;

namespace ActorP2P.Benchmarks.Tests;

public class ChartsTests
{
    private static readonly Report s_report = Samples.Report(
        new Figure("oneway-1KiB-MB/s", [900, 950, 990], [1000, 1100, 1200]),
        new Figure("broadcast-idle-x64-sender-cpu-ns/delivery", [10, 11, 12], [40, 40, 40]),
        new Figure("scale-x1-1KiB-k/s", [1, 2, 3], [7, 8, 9]));

    [Fact]
    public void There_is_a_chart_where_its_figures_were_measured()
    {
        Assert.Equal(["shares.svg", "oneway.svg", "scale.svg"], Charts.Of(s_report).Select(chart => chart.Name));
        Assert.Equal(["scale.svg"], Charts.Of(Samples.Report(s_report.Figures[2])).Select(chart => chart.Name));
    }

    [Fact]
    public void Everything_is_drawn_within_the_picture()
    {
        foreach ((string name, string svg) in Charts.Of(s_report))
        {
            XElement picture = XDocument.Parse(svg).Root!;
            double width = Number(picture, "width");
            double height = Number(picture, "height");
            foreach (XElement element in picture.Elements())
            {
                Assert.All(element.Attributes().Where(attribute => attribute.Name.LocalName is "x" or "x1" or "x2"), at => Within(at, width, name));
                Assert.All(element.Attributes().Where(attribute => attribute.Name.LocalName is "y" or "y1" or "y2"), at => Within(at, height, name));
            }
        }
    }

    [Fact]
    public void A_bar_that_misses_its_aim_has_a_colour_of_its_own()
    {
        Report missed = Samples.Report(new Figure("oneway-1KiB-MB/s", [500, 500, 500], [1000, 1000, 1000]));

        Assert.Equal(1, Bars(missed, SvgCanvas.Missed));
        Assert.Equal(0, Bars(missed, SvgCanvas.Node));
    }

    // One of each colour is the legend's.
    private static int Bars(Report report, string colour) => XDocument.Parse(Charts.Of(report).First().Svg).Root!.Elements()
        .Count(element => element.Attribute("fill")?.Value == colour) - 1;

    private static void Within(XAttribute attribute, double most, string chart)
    {
        double value = double.Parse(attribute.Value, CultureInfo.InvariantCulture);
        Assert.True(value >= 0 && value <= most, $"{chart}: {attribute.Parent}");
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
