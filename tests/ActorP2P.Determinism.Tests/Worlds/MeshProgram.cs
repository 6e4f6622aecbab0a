using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// A process that runs meshes and prints their traces. Its arguments are <c>SEED THREADS RUNS</c>; 0 threads steps
/// through one world. With <c>busy SEED</c> the thread pool is kept busy; with <c>leak</c> the first simulation leaves
/// through Task.Run; with <c>idioms CLASS</c> it prints the results of the scenarios of a class.
/// </summary>
public static class MeshProgram
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["leak"]:
                Console.WriteLine(LeakTests.Run("Task.Run") is SimulationLeakException ? "leak" : "nothing");
                return 0;
            case ["busy", string busySeed]:
                Console.WriteLine(BusyTrace(ulong.Parse(busySeed, CultureInfo.InvariantCulture)));
                return 0;
            case ["idioms", string name]:
                Console.WriteLine(IdiomHash.Of(name));
                return 0;
        }
        ulong seed = ulong.Parse(args[0], CultureInfo.InvariantCulture);
        int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
        int runs = int.Parse(args[2], CultureInfo.InvariantCulture);
        for (int run = 0; run < runs; run++)
        {
            Console.WriteLine(threads == 0 ? Mesh.Trace(seed) : Mesh.Trace(seed, threads));
        }
        return 0;
    }

    /// <summary>The trace of several runs while the thread pool is kept busy; 0 when they differ.</summary>
    public static ulong BusyTrace(ulong seed)
    {
        const int Runs = 20;
        using BusyThreadPool noise = new();
        ulong first = Mesh.Trace(seed);
        return Enumerable.Range(1, Runs - 1).All(_ => Mesh.Trace(seed) == first) ? first : 0;
    }

    /// <summary>The trace that another process computes for a seed.</summary>
    public static async Task<ulong> TraceElsewhereAsync(ulong seed, int threads) =>
        ulong.Parse(await RunElsewhereAsync($"{seed}", $"{threads}", "1"), CultureInfo.InvariantCulture);

    /// <summary>The output of another process for these arguments.</summary>
    public static async Task<string> RunElsewhereAsync(params string[] arguments)
    {
        // The dotnet host that runs the tests is three directories above the shared runtime.
        string host = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true };
        foreach (string argument in (string[])["exec", typeof(MeshProgram).Assembly.Location, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return printed.Trim();
    }
}
