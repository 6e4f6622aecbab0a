using System.Runtime;
using System.Runtime.InteropServices;

namespace ActorP2P.Benchmarks;

/// <summary>The machine on which figures were taken.</summary>
/// <param name="Processor">The model of the processor.</param>
/// <param name="Cores">The number of cores that the process may use.</param>
/// <param name="MemoryBytes">The memory that the process may use, in bytes.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Collector">The mode of the garbage collector.</param>
internal sealed record Machine(
    string Processor, int Cores, long MemoryBytes, string System, string Runtime, string Collector)
{
    /// <summary>The machine on which this process runs.</summary>
    public static Machine This() => new(
        Line("/proc/cpuinfo", "model name")?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, {GCSettings.LatencyMode}");

    /// <summary>The load averages of one, five and fifteen minutes.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    /// <summary>
    /// Whether figures of both machines can be compared. The operating system and the runtime may differ, because the
    /// comparison may be about them.
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
