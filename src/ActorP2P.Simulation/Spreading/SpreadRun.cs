using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace ActorP2P.Simulation;

/// <summary>Runs a world that is spread over several, each on a thread of this process.</summary>
internal static class SpreadRun
{
    private const int StackBytes = 16 << 20;

    /// <summary>Runs all parts.</summary>
    /// <param name="scenario">The scenario, which is spread.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="wrap">Wraps the transport of each part; null: as it is.</param>
    /// <returns>The results of all parts, which are equal when nothing is lost.</returns>
    public static IReadOnlyList<ScenarioResult> Run(
        Scenario scenario, ulong seed, int parts, Func<int, IWindowTransport, IWindowTransport>? wrap = null)
    {
        MemoryWindows windows = new(parts);
        return Run(scenario, seed, parts, part => wrap is null ? windows.Of(part) : wrap(part, windows.Of(part)));
    }

    /// <summary>Runs all parts with transports that are given.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The caller's thread throws it again.")]
    public static IReadOnlyList<ScenarioResult> Run(
        Scenario scenario, ulong seed, int parts, Func<int, IWindowTransport> transport)
    {
        string[] names = [.. Enumerable.Range(0, parts).Select(static part => $"member {part}")];
        ScenarioResult[] results = new ScenarioResult[parts];
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[parts];
        Thread[] threads = [.. Enumerable.Range(0, parts).Select(part => new Thread(
            () =>
            {
                try
                {
                    results[part] = new ScenarioRun(scenario, seed, new RunOptions
                    {
                        Part = plan => new WorldPart(
                            WorldCut.Of(scenario, plan, parts), part, seed, transport(part), names),
                    }).Run();
                }
                catch (Exception failure)
                {
                    failures[part] = ExceptionDispatchInfo.Capture(failure);
                }
            },
            StackBytes)
        {
            IsBackground = true, Name = names[part],
        })];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Array.Find(failures, static failure => failure is not null)?.Throw();
        return results;
    }
}
