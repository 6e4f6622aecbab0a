using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace ActorP2P.Microbenchmarks;

/// <summary>
/// The configuration of the benchmarks: short runs in this process that also count allocated bytes. BenchmarkDotNet's
/// default, a separate process for each benchmark, builds it every time, which takes longer than the measurement.
/// </summary>
internal sealed class ShortRuns : ManualConfig
{
    // This many iterations are needed until the runtime has compiled everything again. With four, the first counted
    // iteration of the mailbox benchmark was five times as slow.
    private const int WarmUps = 15;
    private const int Iterations = 10;

    public ShortRuns()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(WarmUps)
            .WithIterationCount(Iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(100)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        HideColumns(Column.Gen0, Column.Gen1, Column.Gen2, Column.Error, Column.Median);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);

        // The results are written beside the program and not into the current directory.
        ArtifactsPath = Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts");
    }
}
