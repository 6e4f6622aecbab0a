namespace ActorP2P.Benchmarks.Tests;

public class ReportComparisonTests
{
    private static readonly Figure s_fast = Samples.Figure("ask-k/s", 100, 100, 100, 100, 100);
    private static readonly Figure s_slow = Samples.Figure("ask-k/s", 50, 50, 50, 50, 50);

    [Fact]
    public void The_exit_code_says_whether_anything_got_worse()
    {
        Assert.Equal(1, new ReportComparison(Samples.Report(s_fast), Samples.Report(s_slow)).ExitCode);
        Assert.Equal(0, new ReportComparison(Samples.Report(s_slow), Samples.Report(s_fast)).ExitCode);
        Assert.Equal(0, new ReportComparison(Samples.Report(s_fast), Samples.Report(s_fast)).ExitCode);
    }

    [Fact]
    public void Figures_that_only_one_report_has_are_named_and_not_compared()
    {
        Figure other = Samples.Figure("tell-k/s", 1, 1, 1, 1, 1);
        ReportComparison comparison = new(Samples.Report(s_fast), Samples.Report(other));

        Assert.Empty(comparison.Figures);
        Assert.Equal(["ask-k/s"], comparison.Gone);
        Assert.Equal(["tell-k/s"], comparison.New);
        Assert.Equal(2, comparison.ExitCode);
        Assert.Contains("gone   ask-k/s", comparison.Lines());
        Assert.Contains("new    tell-k/s", comparison.Lines());
    }

    [Fact]
    public void Rates_of_another_machine_are_not_compared()
    {
        Report elsewhere = Samples.Report(s_slow) with { Machine = Samples.Machine with { Cores = 64 } };
        ReportComparison comparison = new(Samples.Report(s_fast), elsewhere);

        Assert.Contains(comparison.Lines(), line => line.Contains("Another machine", StringComparison.Ordinal));
        Assert.Equal(2, comparison.ExitCode);
    }

    [Fact]
    public void A_report_of_a_newer_runtime_is_compared()
    {
        Report newer =
            Samples.Report(s_slow) with { Machine = Samples.Machine with { Runtime = ".NET 11", System = "Linux 7" } };

        Assert.Equal(1, new ReportComparison(Samples.Report(s_fast), newer).ExitCode);
    }

    [Fact]
    public void Figures_that_got_worse_come_first()
    {
        Figure same = Samples.Figure("a-k/s", 1, 1, 1, 1, 1);
        IEnumerable<string> lines = new ReportComparison(
            Samples.Report(same, s_fast), Samples.Report(same, s_slow)).Lines();

        Assert.StartsWith(
            "worse  ask-k/s ratio before=100 ", lines.First(line => line[0] != '#'), StringComparison.Ordinal);
    }
}
