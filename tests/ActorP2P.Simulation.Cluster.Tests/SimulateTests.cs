using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace ActorP2P.Simulation.Tests;

/// <summary>The tool when it runs a scenario in one process.</summary>
public sealed class SimulateTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private static readonly string Small = Path.Combine(AppContext.BaseDirectory, "small.conf");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorp2p-simulate-");

    [Fact]
    public async Task A_seed_is_the_same_event_by_event_in_another_process()
    {
        (int exitCode, string first, string errors) = await EndAsync("simulate", Small, "--replay", "3", "--json");
        (_, string second, _) = await EndAsync("simulate", Small, "--replay", "3", "--json");
        List<string> here = [];
        Scenario.FromFile(Small).Replay(3, new ReplayFilter(), one => here.Add(one.Text));

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.True(here.Count > 100, $"{here.Count} events");
        Assert.Equal(first, second);
        Assert.Equal(here, first.Split('\n')
            .Where(static line => line.StartsWith("""{"at":""", StringComparison.Ordinal))
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_replay_shows_a_node_in_a_span_of_time()
    {
        (int exitCode, string output, _) = await EndAsync(
            "simulate", Small, "--replay", "3", "--node", "node2", "--from", "2s", "--to", "3500ms");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(0, exitCode);
        Assert.True(lines.Length > 5, output);
        Assert.All(lines[..^2], static line =>
        {
            Assert.StartsWith("00:00:0", line, StringComparison.Ordinal);
            Assert.Contains("node2", line, StringComparison.Ordinal);
            Assert.InRange(
                TimeSpan.Parse(line.Split(' ')[0], null), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.5));
        });
        Assert.StartsWith("seed 3 ", lines[^2], StringComparison.Ordinal);
        Assert.Equal("OK: 1 seeds", lines[^1]);
    }

    [Fact]
    public async Task Seeds_that_run_at_the_same_time_are_as_they_are_alone()
    {
        (int exitCode, string alone, _) = await EndAsync("simulate", Small, "--seeds", "8");
        (_, string together, _) = await EndAsync("simulate", Small, "--seeds", "8", "--parallel", "4");

        Assert.Equal(0, exitCode);
        Assert.Contains("OK: 8 seeds", together, StringComparison.Ordinal);
        Assert.Equal(alone.Split('\n').Order(), together.Split('\n').Order());
    }

    [Fact]
    public async Task A_report_and_a_table_are_written()
    {
        string report = Path.Combine(_folder.FullName, "report.html");
        string csv = Path.Combine(_folder.FullName, "figures.csv");
        string svg = Path.Combine(_folder.FullName, "picture.svg");
        (int exitCode, string output, string errors) = await EndAsync(
            "simulate", Small, "--seeds", "3", "--report", report, "--csv", csv, "--picture", svg);
        using XmlReader reader = XmlReader.Create(
            report, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        string page = XDocument.Load(reader).Root!.Value;

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("Seeds: 3, of which 0 failed", page, StringComparison.Ordinal);
        Assert.Contains(output.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], page, StringComparison.Ordinal);
        Assert.Equal(10, XDocument.Load(svg).Descendants().Count(static element =>
            element.Name.LocalName == "text" && (string?)element.Attribute("class") == "title"));
        Assert.StartsWith("seconds,nodes_up", await File.ReadAllTextAsync(csv), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_writes_the_report_of_what_it_has()
    {
        string report = Path.Combine(_folder.FullName, "report.html");
        using ToolProcess tool = ToolProcess.Start("simulate", Small, "--seeds", "100000", "--report", report);
        string first = await tool.ReadLineAsync().WaitAsync(Guard);
        await tool.SignalAsync("INT");
        (int exitCode, string output, string errors) = await tool.EndAsync().WaitAsync(Guard);

        Assert.Equal((130, "Interrupted."), (exitCode, errors.Trim()));
        Assert.StartsWith("seed 1 ", first, StringComparison.Ordinal);
        Assert.Contains("OK: ", output, StringComparison.Ordinal);
        Assert.Contains("</html>", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_after_the_results()
    {
        (int exitCode, string output, string errors) = await EndAsync(
            "simulate", Small, "--report", Path.Combine(_folder.FullName, "nowhere", "report.html"));

        Assert.Equal(1, exitCode);
        Assert.Contains("seed 1 ", output, StringComparison.Ordinal);
        Assert.Contains("nowhere", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_happened_fails_the_seeds()
    {
        string file = Path.Combine(_folder.FullName, "never.conf");
        await File.WriteAllTextAsync(file, "simulation { duration = 1s, nodes = 2, expect.sometimes = [ TimedOut ] }");
        (int exitCode, string output, _) = await EndAsync("simulate", file, "--seeds", "2");

        Assert.Equal(1, exitCode);
        Assert.Contains("FAILED: with 2 seeds this never happened: TimedOut", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--report r.html --cluster", "--report, --picture, --csv and --replay are for runs in one process")]
    [InlineData("--node node1", "--node, --from and --to say what --replay shows.")]
    [InlineData("--replay 1 --node node9", "There is no node 'node9'; there are node0 to node5.")]
    [InlineData("--replay 1 --from soon", "must be a duration")]
    [InlineData("--replay 1 --from 3s --to 2s", "--from is later than --to.")]
    [InlineData("--parallel 0", "--parallel is 0; allowed: 1 to 256.")]
    [InlineData("--parallel 2 --cluster", "--parallel is for simulated seeds in this process")]
    [InlineData("--replay 1 --csv a.csv", "--replay shows one run and writes no report")]
    public async Task Options_that_do_not_go_together_are_named(string options, string said)
    {
        (int exitCode, string output, string errors) = await EndAsync(["simulate", Small, .. options.Split(' ')]);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, errors + output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(params string[] arguments)
    {
        using ToolProcess tool = ToolProcess.Start(arguments);
        return await tool.EndAsync().WaitAsync(Guard);
    }
}
