using System.Runtime;
using System.Runtime.InteropServices;

namespace ActorP2P.Benchmarks;

/// <summary>What figures were taken on.</summary>
/// <param name="Processor">Its model.</param>
/// <param name="Cores">How many the process may use.</param>
/// <param name="MemoryBytes">How much the process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Collector">The garbage collector's mode.</param>
internal sealed record Machine(
    string Processor, int Cores, long MemoryBytes, string System, string Runtime, string Collector)
{
    /// <summary>This one.</summary>
    public static Machine This() => new(
        Line("/proc/cpuinfo", "model name")?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, {GCSettings.LatencyMode}");

    /// <summary>What else runs: the load averages of one, five and fifteen minutes.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    /// <summary>
    /// Whether figures of both can be compared. What runs on it, system and runtime, may be what the comparison is
    /// about.
    /// </summary>
    public bool IsLike(Machine other) =>
        Processor == other.Processor && Cores == other.Cores && Collector == other.Collector;

    public override string ToString() => FormattableString.Invariant(
        $"{Processor}, {Cores} cores, {MemoryBytes / (1 << 30)} GiB; {System}; {Runtime}, {Collector}");

    private static string? Line(string path, string start) =>
        File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
            : null;
}
