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
/// How benchmarks are run: briefly, in this process, with the bytes that they allocate. A process of its own for each,
/// as is BenchmarkDotNet's custom, is built anew each time and takes longer than the measuring.
/// </summary>
internal sealed class ShortRuns : ManualConfig
{
    // Until the runtime has compiled the last of it anew: with four, the mailbox was five times as slow in the first
    // that counted.
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

        // Beside the program, and not where it is called from.
        ArtifactsPath = Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts");
    }
}
