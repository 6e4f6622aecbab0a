using System.Globalization;

namespace ActorP2P.Simulation;

/// <summary>The charts of a recording.</summary>
internal sealed class ReportCharts(ScenarioRecording recording)
{
    private const int Bars = 24;

    private readonly IReadOnlyList<ScenarioSample> _samples = recording.Samples;

    public IEnumerable<SvgChart> Draw()
    {
        if (recording.Delays.Count > 0)
        {
            yield return Delivery();
        }

        if (recording.Broadcasts.Count > 0)
        {
            yield return OverTime("Reach of each broadcast", 1, Figures.Share).Dots(new ChartLine(
                "by the time of its sending",
                [.. recording.Broadcasts.Select(static one => new ChartPoint(one.At.TotalSeconds, one.Reach))]));
        }

        if (_samples.Count > 1)
        {
            yield return Counts("Nodes that run", Line("nodes", static sample => sample.NodesUp));
            yield return Counts("Links of a node", Line("most", static sample => sample.MostLinks),
                Line("average", static sample => sample.NodesUp == 0 ? 0 : (double)sample.Links / sample.NodesUp),
                Line("fewest", static sample => sample.FewestLinks));
            yield return Sizes("Bytes sent in a second, all nodes", Rate("bytes"));
            yield return Sizes("Queues, all nodes", Line("bytes that wait", static sample => sample.QueuedBytes));
            yield return Sizes("Memory held for peers", Line("all nodes", static sample => sample.HeldBytes),
                Line("most of a node", static sample => sample.MostHeldBytes));
        }

        yield return Histogram("Nodes by bytes sent", static node => node.BytesSent, Figures.Bytes, isBinary: true);
        yield return Histogram("Nodes by links", static node => node.Links, Figures.Number);
        if (recording.Nodes.Any(static node => node.Copies > 0))
        {
            yield return Histogram("Nodes by copies of a broadcast", static node => node.Copies, Figures.Number);
        }
    }

    private SvgChart Delivery()
    {
        double longest = recording.Delays[^1].TotalMilliseconds;
        return new SvgChart(
            "Deliveries by time since the sending",
            new ChartAxis(longest, Figures.Milliseconds), new ChartAxis(1, Figures.Share))
            .Lines(new ChartLine("of the deliveries that happened",
            [
                .. recording.Delays.Select(static (delay, percent) =>
                    new ChartPoint(delay.TotalMilliseconds, percent / 100.0)),
            ]));
    }

    private SvgChart Counts(string title, params ChartLine[] lines) =>
        OverTime(title, Most(lines), Figures.Number).Lines(lines);

    private SvgChart Sizes(string title, params ChartLine[] lines) =>
        OverTime(title, Most(lines), Figures.Bytes, isBinary: true).Lines(lines);

    private SvgChart OverTime(string title, double most, Func<double, string> write, bool isBinary = false) =>
        new SvgChart(
            title, new ChartAxis(recording.Scenario.Duration.TotalSeconds, Figures.Seconds, steps: 8),
            new ChartAxis(most, write, isBinary))
            .Mark(recording.Faults.Select(static fault => new ChartMark(
                fault.At.TotalSeconds,
                string.Create(CultureInfo.InvariantCulture,
                    $"{Figures.Time(fault.At)} {fault.Name}: {fault.Text}"))));

    private ChartLine Line(string name, Func<ScenarioSample, double> figure) => new(
        name, [.. _samples.Select(sample => new ChartPoint(sample.At.TotalSeconds, figure(sample)))]);

    private ChartLine Rate(string name) => new(name,
    [
        .. _samples.Zip(_samples.Skip(1), static (before, after) => new ChartPoint(
            after.At.TotalSeconds,
            (after.BytesSent - before.BytesSent) / Math.Max(1e-6, (after.At - before.At).TotalSeconds))),
    ]);

    private SvgChart Histogram(
        string title, Func<NodeFigures, double> figure, Func<double, string> write, bool isBinary = false)
    {
        double[] values = [.. recording.Nodes.Select(figure)];
        double most = values.DefaultIfEmpty(0).Max();
        double width = Math.Max(most / Bars, double.IsInteger(most) && most <= Bars ? 1 : 1e-9);
        ChartPoint[] bars =
        [
            .. values.GroupBy(value => Math.Floor(value / width)).OrderBy(static bin => bin.Key)
                .Select(bin => new ChartPoint((bin.Key + 0.5) * width, bin.Count())),
        ];
        return new SvgChart(
            title, new ChartAxis(most + width, write, isBinary, steps: 8),
            new ChartAxis(bars.Select(static bar => bar.Y).DefaultIfEmpty(0).Max(), Figures.Number))
            .Bars(new ChartLine("nodes", bars), width);
    }

    private static double Most(IEnumerable<ChartLine> lines) =>
        lines.SelectMany(static line => line.Points).Select(static point => point.Y).DefaultIfEmpty(0).Max();
}
