using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks.Tests;

public class ProgramTests
{
    // A run takes a few seconds; this much means that it hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Two_processes_of_a_system_measure_it()
    {
        (int exitCode, string output) = await RunAsync("smoke", "--only", "raw,actorp2p-sockets");

        Assert.True(exitCode == 0, output);
        Assert.Contains("fanout-16-cpu-us raw ", output, StringComparison.Ordinal);
        Assert.Contains("each-16-cpu-us actorp2p-sockets ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("each-16-cpu-us raw ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_system_is_refused()
    {
        (int exitCode, string output) = await RunAsync("smoke", "--only", "nobody");

        Assert.Equal(2, exitCode);
        Assert.Contains("--only SYSTEM", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ActorP2P.PeerBenchmarks.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            string[] output = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, string.Concat(output));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
