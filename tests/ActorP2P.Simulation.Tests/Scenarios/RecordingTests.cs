using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>The page of HTML and the table that a recorded run gives.</summary>
public class RecordingTests
{
    private static readonly Scenario s_scenario = Scenario.Parse("""
        simulation {
          name = "a < b & c", duration = 30s, nodes = 12
          topology { kind = regular, links = 4 }
          broadcasts { every = 1s, bytes = 2 KiB }
          traffic { pause = 2s }
          timeline { dark { at = 10s, kill = 2 }, light { at = 20s, restart = all } }
          expect { reach = 90%, delivery-max = 10s }
        }
        """);

    [Fact]
    public void A_recorded_run_is_the_same_run()
    {
        ScenarioResult plain = s_scenario.Run(3);
        ScenarioRecording recorded = s_scenario.Record(3);

        Assert.Equal(plain with { Reasons = recorded.Result.Reasons, Seen = recorded.Result.Seen }, recorded.Result);
        Assert.Equal(plain.Reasons, recorded.Result.Reasons);
        Assert.Equal(241, recorded.Samples.Count);
        Assert.Equal((12, 10, 12), (Up(recorded, 5), Up(recorded, 15), Up(recorded, 29)));
        Assert.Equal(plain.DeliveryMax, recorded.Delays[^1]);
        Assert.Equal(30, recorded.Broadcasts.Count);
        Assert.All(recorded.Nodes, static node => Assert.Equal(4, node.Links));
    }

    [Fact]
    public void The_page_is_well_formed_and_needs_no_other_file()
    {
        string html = s_scenario.Record(3).ToHtml();
        XDocument page = Read(html);

        // Nothing is loaded: no script, no image, no style sheet, no font, and no address but the name of SVG.
        Assert.DoesNotContain(page.Descendants(), static element => element.Name.LocalName
            is "script" or "img" or "link" or "iframe" or "object" or "image" or "use");
        Assert.DoesNotContain(page.Descendants().Attributes(), static attribute =>
            attribute.Name.LocalName is "src" or "href" or "style"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.InRange(html.Length, 10_000, 300 * 1024);
    }

    [Fact]
    public void The_page_has_the_figures_of_the_run()
    {
        ScenarioRecording recording = s_scenario.Record(3);
        ScenarioResult result = recording.Result;
        XDocument page = Read(recording.ToHtml([result, result with { Seed = 4, Failure = "why" }]));
        string[] rows = [.. page.Descendants("tr").Select(
            static row => string.Join('|', row.Elements().Select(static cell => cell.Value)))];
        string[] charts = [.. page.Descendants("figure").Select(
            static figure => ((XText)figure.Element("figcaption")!.FirstNode!).Value)];

        Assert.Equal("a < b & c, seed 3", page.Descendants("h1").Single().Value);
        Assert.Contains(result.TraceHash, page.Descendants("code").Select(static code => code.Value));
        Assert.Contains("broadcasts|30", rows);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"frames|{result.Frames:#,0}"), rows);
        Assert.Contains("10 s|dark|kill 2", rows);
        Assert.Contains(rows, static row => row.StartsWith("reach|", StringComparison.Ordinal)
            && row.EndsWith("|90.00 % or more|met", StringComparison.Ordinal));
        Assert.Contains(rows, static row => row.StartsWith("4|FAILED|", StringComparison.Ordinal));
        Assert.Equal(
            ["Deliveries by time since the sending", "Reach of each broadcast", "Nodes that run", "Links of a node",
                "Bytes sent in a second, all nodes", "Queues, all nodes", "Memory held for peers",
                "Nodes by bytes sent", "Nodes by links", "Nodes by copies of a broadcast"],
            charts);
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement nodes = page.Descendants("figure").ElementAt(2);
        Assert.Equal(
            2, nodes.Descendants(svg + "line").Count(static line => (string?)line.Attribute("class") == "mark"));
        Assert.Equal(
            241, ((string)nodes.Descendants(svg + "polyline").Single().Attribute("points")!).Split(' ').Length);
        Assert.All(page.Descendants().Attributes("points"), static points => Assert.DoesNotContain("NaN", points.Value,
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_of_a_run_that_failed_says_why()
    {
        Scenario scenario = Scenario.Parse(
            "simulation { duration = 1s, nodes = 2, expect { reasons = [ PingTimeout ] } }");
        XDocument page = Read(scenario.Record(1).ToHtml());

        Assert.Contains("reasons: PingTimeout is 0 connections", page.Descendants("pre").Single().Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_line_for_each_sample()
    {
        ScenarioRecording recording = s_scenario.Record(3);
        string[] lines = recording.ToCsv().Split("\r\n");

        Assert.Equal(recording.Samples.Count + 2, lines.Length);
        Assert.All(lines[..^1], static line => Assert.Equal(11, line.Split(',').Length));
        Assert.StartsWith("seconds,nodes_up,", lines[0], StringComparison.Ordinal);
        Assert.Equal(29, recording.Samples[^1].Broadcasts);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture,
            $",29,{recording.Samples[^1].Deliveries}"), lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_reported_while_a_run_lasts()
    {
        List<ScenarioProgress> reports = [];
        ManualResetEventSlim reported = new();
        Scenario scenario = s_scenario with
        {
            // The run waits in real time until its progress was seen after everything has started.
            Checkers = [() => new Waiting(reported)],
        };
        ScenarioResult result = scenario.Run(3, new Collecting(reports, reported));

        Assert.Null(result.Failure);
        Assert.NotEmpty(reports);
        ScenarioProgress last = reports[^1];
        Assert.Equal((3ul, TimeSpan.FromSeconds(30), 12), (last.Seed, last.Duration, last.NodesUp));
        Assert.True(last.Steps > 0 && last.VirtualTime > TimeSpan.Zero);
    }

    private static int Up(ScenarioRecording recording, int seconds) =>
        recording.Samples.Last(sample => sample.At <= TimeSpan.FromSeconds(seconds)).NodesUp;

    private static XDocument Read(string html)
    {
        using XmlReader reader = XmlReader.Create(
            new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private sealed class Waiting(ManualResetEventSlim reported) : Checker
    {
        protected override void OnSettled()
        {
            reported.Reset();
            reported.Wait();
        }
    }

    private sealed class Collecting(List<ScenarioProgress> reports, ManualResetEventSlim reported)
        : IProgress<ScenarioProgress>
    {
        public void Report(ScenarioProgress value)
        {
            reports.Add(value);
            reported.Set();
        }
    }
}
