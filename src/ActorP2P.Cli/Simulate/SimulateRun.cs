using System.Collections.Concurrent;
using System.Runtime;
using System.Runtime.ExceptionServices;
using ActorP2P.Cli.Terminal;
using ActorP2P.Simulation;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Cli.Simulate;

/// <summary>Does what a command line of <c>simulate</c> asks for.</summary>
internal sealed class SimulateRun(
    SimulateRequest request, SimulateOutput output, SimulateProgress progress, TextWriter error)
{
    private readonly SimulateFiles _files = new(request);

    /// <summary>Does it, and returns the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Fault is { } fault)
        {
            await error.WriteLineAsync(fault);
            return ExitCodes.Usage;
        }

        Scenario scenario;
        try
        {
            scenario = Read();
        }
        catch (Exception wrong) when (wrong is ScenarioException or ArgumentException)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }

        // A collection beside the run would take processor time from it, and nobody waits for a short pause.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        try
        {
            return request.Replay is { } seed
                ? await OffThread(() => Replay(scenario, seed, cancellationToken))
                : await RunAsync(scenario, cancellationToken);
        }
        catch (ClosedPipeException)
        {
            return ExitCodes.Done;
        }
        catch (ScenarioException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (Exception failed) when (failed is ClusterRunException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(failed.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            progress.End();
            output.End(output.SoFar(), []);
            await error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }

    private Scenario Read()
    {
        Scenario scenario = Scenario.FromFile(request.File);
        scenario = scenario with
        {
            SeedCount = request.Seeds ?? scenario.SeedCount,
            FirstSeed = request.First ?? scenario.FirstSeed,
        };
        ArgumentOutOfRangeException.ThrowIfLessThan(scenario.SeedCount, 1, "--seeds");
        return scenario;
    }

    private async Task<int> RunAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        if (request.IsReal)
        {
            RealLimits.Check(scenario, request.Members);
            if (RealLimits.Ignored(scenario) is { Count: > 0 } ignored)
            {
                await error.WriteLineAsync($"No effect on real nodes: {string.Join(", ", ignored)}.");
            }
        }

        // Standard output is reserved for results.
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        ClusterRunReport report = request.InCluster is { } inCluster
            ? await ClusterRun.RunAsync(
                inCluster(scenario) with { LoggerFactory = loggers, Joined = output.Joined, Began = output.Began },
                output.Listening, output, cancellationToken)
            : request.IsReal ? await RunRealAsync(scenario, cancellationToken)
            : await OffThread(() => RunHere(scenario, cancellationToken));

        // Members other than the coordinator's do not know all results.
        IReadOnlyList<string> never = report.Results.Count == report.Seeds
            ? scenario.Expect.NeverSeen(report.Results)
            : [];
        output.End(report, never);
        return report.Failed == 0 && never.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    /// <summary>
    /// Works on another thread, because Ctrl+C ends the process at once while the thread of the command is taken.
    /// </summary>
    private static Task<T> OffThread<T>(Func<T> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ClusterRunReport RunHere(Scenario scenario, CancellationToken cancellationToken)
    {
        try
        {
            ParallelOptions options = new()
            {
                MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancellationToken,
            };
            Parallel.ForEach(
                Partitioner.Create(scenario.Seeds, EnumerablePartitionerOptions.NoBuffering), options, seed =>
                {
                    ScenarioResult result = RunSeed(scenario, seed, cancellationToken);
                    progress.End();
                    cancellationToken.ThrowIfCancellationRequested();
                    output.Report(result);
                });
        }
        catch (AggregateException failures) when (failures.InnerExceptions is [var failure, ..])
        {
            ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            // After Ctrl+C too, with what there is.
            _files.Write(output.SoFar().Results);
        }

        return output.SoFar();
    }

    private async Task<ClusterRunReport> RunRealAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        foreach (ulong seed in scenario.Seeds)
        {
            output.Report(await RealRun.RunAsync(scenario, seed, request.Host, cancellationToken));
        }

        return output.SoFar();
    }

    private ScenarioResult RunSeed(Scenario scenario, ulong seed, CancellationToken cancellationToken)
    {
        // One line cannot show several runs.
        SimulateProgress? shown = request.Parallel == 1 ? progress : null;
        if (!request.IsRecorded)
        {
            return scenario.Run(seed, shown, cancellationToken);
        }

        ScenarioRecording recording = scenario.Record(seed, shown, cancellationToken);
        _files.Add(recording);
        return recording.Result;
    }

    private int Replay(Scenario scenario, ulong seed, CancellationToken cancellationToken)
    {
        ScenarioResult result = scenario.Replay(seed, request.Filter, output.Show, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        output.Report(result);
        output.End(output.SoFar(), []);
        return result.Passed ? ExitCodes.Done : ExitCodes.Failed;
    }
}
