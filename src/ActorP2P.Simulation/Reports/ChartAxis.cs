namespace ActorP2P.Simulation;

/// <summary>An axis of a chart: its range, rounded up to a whole number of steps that are easy to read.</summary>
internal sealed class ChartAxis
{
    private static readonly double[] s_decimal = [1, 2, 2.5, 5, 10];
    private static readonly double[] s_binary = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    private readonly double _from;
    private readonly double _to;

    /// <param name="most">The greatest value; the least is 0.</param>
    /// <param name="write">Writes a value.</param>
    /// <param name="isBinary">Whether values are bytes, whose steps are powers of two.</param>
    /// <param name="steps">About how many steps it has.</param>
    public ChartAxis(double most, Func<double, string> write, bool isBinary = false, int steps = 5)
    {
        _from = 0;
        double step = Step(Math.Max(most, double.Epsilon) / steps, isBinary);
        int count = Math.Max(1, (int)Math.Ceiling((most / step) - 1e-9));
        _to = step * count;
        Ticks = [.. Enumerable.Range(0, count + 1).Select(number => number * step)];
        Write = write;
    }

    /// <summary>The values that have a label.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Writes a value.</summary>
    public Func<double, string> Write { get; }

    /// <summary>The place of a value on the axis: 0 to 1.</summary>
    public double Place(double value) => Math.Clamp((value - _from) / (_to - _from), 0, 1);

    private static double Step(double least, bool isBinary)
    {
        if (least < 1e-9)
        {
            return 1;
        }

        double power = isBinary
            ? Math.Max(1, Math.Pow(1024, Math.Floor(Math.Log(least, 1024))))
            : Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (isBinary ? s_binary : s_decimal).First(step => power * step >= least * (1 - 1e-9));
    }
}
