using System.Xml.Linq;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks.Tests;

public class PeerReportTests
{
    private static readonly PeerReport s_report = new(
        Machine.This(), DateTimeOffset.UnixEpoch, 1, "0 0 0", "1 1 1",
        [new("raw", "sockets"), new("grpc", "streams"), new("netmq", "pipes")],
        [
            new("ask-cpu-us", "raw", [1, 2, 3]), new("ask-cpu-us", "grpc", [9, 7, 8]),
            new("ask-cpu-us", "netmq", [8, 8, 8]), new("ask-x64-k/s", "raw", [90, 91, 92]),
            new("ask-x64-k/s", "grpc", [10, 20, 30]), new("ask-x64-k/s", "netmq", [50, 40, 60]),
        ],
        ["netmq idle: it failed"]);

    [Fact]
    public void A_processor_time_is_the_least_and_a_rate_the_median()
    {
        Assert.Equal(7, s_report.Find("ask-cpu-us", "grpc")!.Value);
        Assert.Equal(20, s_report.Find("ask-x64-k/s", "grpc")!.Value);
    }

    [Fact]
    public void The_best_of_a_figure_is_not_the_baseline()
    {
        Assert.Equal("grpc", s_report.BestOf("ask-cpu-us"));
        Assert.Equal("netmq", s_report.BestOf("ask-x64-k/s"));
        Assert.Null(s_report.BestOf("idle-managed-B"));
    }

    [Fact]
    public void The_table_marks_the_best_and_tells_what_failed()
    {
        string table = PeerTable.Of(s_report);

        Assert.Contains("| ask-cpu-us | 1.00 | **7.00** | 8.00 |", table, StringComparison.Ordinal);
        Assert.Contains("| ask-x64-k/s | 91.0 | 20.0 | **50.0** |", table, StringComparison.Ordinal);
        Assert.Contains("- not measured: netmq idle: it failed", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_chart_names_all_systems_and_measures()
    {
        (string Name, string Svg)[] charts = [.. PeerChart.Of(s_report)];

        Assert.Equal(["peers-cpu.svg", "peers-rates.svg"], charts.Select(static chart => chart.Name));
        HashSet<string> words = [.. XDocument.Parse(charts[0].Svg).Descendants()
            .Where(static element => element.Name.LocalName == "text").Select(static element => element.Value.Trim())];
        Assert.Superset(new HashSet<string> { "raw", "grpc", "netmq", "ask-cpu-us" }, words);
    }

    [Fact]
    public void A_report_survives_being_saved()
    {
        string directory = Directory.CreateTempSubdirectory("peers").FullName;
        try
        {
            s_report.Save(directory);

            PeerReport loaded = PeerReport.Load(Path.Combine(directory, "peers.json"));

            Assert.Equal(s_report.ToJson(), loaded.ToJson());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
