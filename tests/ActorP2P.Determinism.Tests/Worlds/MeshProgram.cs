using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorP2P.Determinism.Tests;

/// <summary>A process that runs meshes and prints their traces: <c>SEED THREADS RUNS</c>; 0 threads steps through the whole.</summary>
public static class MeshProgram
{
    public static int Main(string[] args)
    {
        ulong seed = ulong.Parse(args[0], CultureInfo.InvariantCulture);
        int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
        int runs = int.Parse(args[2], CultureInfo.InvariantCulture);
        for (int run = 0; run < runs; run++)
        {
            Console.WriteLine(threads == 0 ? Mesh.Trace(seed) : Mesh.Trace(seed, threads));
        }
        return 0;
    }

    /// <summary>The trace of a seed as another process sees it.</summary>
    public static async Task<ulong> TraceElsewhereAsync(ulong seed, int threads)
    {
        // The host that runs the tests: beside the shared runtime, three levels up.
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true };
        foreach (object argument in new object[] { "exec", typeof(MeshProgram).Assembly.Location, seed, threads, 1 })
        {
            start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        }
        using Process process = Process.Start(start)!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return ulong.Parse(printed, CultureInfo.InvariantCulture);
    }
}
