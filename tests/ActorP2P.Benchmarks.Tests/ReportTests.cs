using System.Text.Json;

namespace ActorP2P.Benchmarks.Tests;

public class ReportTests
{
    [Fact]
    public void A_saved_report_is_read_as_it_was()
    {
        Report report = Samples.Report(
            new Figure("dial-round-trips", [2, 2], [double.NaN, double.NaN]),
            new Figure("ask-k/s", [1.25, 1e9], [0.1, double.PositiveInfinity]));
        Report read = Report.FromJson(report.ToJson());

        Assert.Equal(report with { Figures = read.Figures }, read);
        Assert.Equal(report.Figures.Select(figure => figure.Name), read.Figures.Select(figure => figure.Name));
        for (int i = 0; i < report.Figures.Count; i++)
        {
            Assert.Equal(report.Figures[i].Node, read.Figures[i].Node);
            Assert.Equal(report.Figures[i].Raw, read.Figures[i].Raw);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "figures": [ { "name": "a" } ] }""")]
    public void A_file_that_is_not_a_report_is_refused(string json) =>
        Assert.Throws<JsonException>(() => Report.FromJson(json));

    [Fact]
    public void The_table_has_a_row_for_each_figure_and_its_aim()
    {
        string table = ReportTable.Of(Samples.Report(
            new Figure("oneway-1KiB-MB/s", [90, 95, 99], [100, 100, 100]),
            new Figure("dial-to-reply-round-trips", [3, 3, 3], [double.NaN, double.NaN, double.NaN]),
            new Figure("connect-acceptor-cpu-us", [1, 2, 3], [1, 1, 1])));

        Assert.Contains(
            "| oneway-1KiB-MB/s | 95.00 (90.00..99.00) | 100 (100..100) | 0.95 (0.90..0.99) | ratio ≥ 0.9 | yes |",
            table, StringComparison.Ordinal);
        Assert.Contains(
            "| dial-to-reply-round-trips | 3.00 (3.00..3.00) |  |  | ≤ 2 | no |", table, StringComparison.Ordinal);
        Assert.Contains("| connect-acceptor-cpu-us | 2.00 (1.00..3.00) | 1.00 (1.00..1.00) | 2.00 (1.00..3.00) |  |  |",
            table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_median_lies_in_the_middle_of_the_samples()
    {
        Assert.Equal(3, Median.Of([4, 1, 3]));
        Assert.Equal(2.5, Median.Of([4, 1, 3, 2]));
        Assert.True(double.IsNaN(Median.Of([double.NaN, double.NaN])));
    }
}
