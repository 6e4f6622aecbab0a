using System.Globalization;
using System.Text.Json.Serialization;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The samples that one system has given for one figure.</summary>
/// <param name="Name">The name of the figure, which ends with the unit.</param>
/// <param name="System">The name of the system.</param>
/// <param name="Samples">The samples, in the order in which they were taken.</param>
internal sealed record PeerFigure(string Name, string System, IReadOnlyList<double> Samples)
{
    /// <summary>
    /// The value that stands in a table: the least of processor times, because other work only adds to them; else the
    /// median.
    /// </summary>
    [JsonIgnore]
    public double Value => IsCpu ? Samples.Min() : Median.Of([.. Samples]);

    /// <summary>Whether more is better, as it is for rates. For times and bytes less is better.</summary>
    [JsonIgnore]
    public bool MoreIsBetter => Name.EndsWith(PeerMeasure.Rate, StringComparison.Ordinal);

    private bool IsCpu => Name.EndsWith(PeerMeasure.Cpu, StringComparison.Ordinal);

    /// <summary>A value with three significant digits.</summary>
    public static string Text(double value) => Math.Abs(value) switch
    {
        < 1 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };

    public override string ToString() =>
        $"{Name} {System} {Text(Value)} range={Text(Samples.Min())}..{Text(Samples.Max())}";
}
