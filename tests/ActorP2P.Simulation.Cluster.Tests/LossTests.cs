using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>Members of a cluster that are killed, or stopped and woken, while seeds are run.</summary>
public sealed class LossTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorp2p-loss-");

    [Fact]
    public async Task Others_go_on_when_the_coordinator_is_killed()
    {
        string file = Write(acceptablePause: "3s");
        using ToolProcess founder = ToolProcess.Start("simulate", file, "--json", "--seeds", "30", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess second = ToolProcess.Start("simulate", file, "--json", "--seeds", "30", "--join", address);
        using ToolProcess third = ToolProcess.Start("simulate", file, "--json", "--seeds", "30", "--join", address);
        await founder.MembersAsync(3).WaitAsync(Guard);

        // Meanwhile the others learn of each other: two of three members go on, and one of two does not.
        await founder.ResultsAsync(2).WaitAsync(Guard);
        founder.Kill();
        (int ExitCode, string Output, string Errors)[] ends =
            await Task.WhenAll(second.EndAsync(), third.EndAsync()).WaitAsync(Guard);

        Assert.All(ends, static end => Assert.True(end.ExitCode == 0, end.Errors));
        // The new coordinator's process has all results.
        string all = Assert.Single(
            ends, static end => end.Output.Contains("TraceHash", StringComparison.Ordinal)).Output;
        Assert.Equal(30, all.Split('\n').Count(static line => line.Contains("TraceHash", StringComparison.Ordinal)));
        Assert.Contains("""{"seeds":30,"failed":0""", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_that_was_stopped_for_a_moment_goes_on()
    {
        string file = Write(acceptablePause: "30s");
        using ToolProcess founder = ToolProcess.Start("simulate", file, "--json", "--seeds", "16", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess sleeper = ToolProcess.Start("simulate", file, "--json", "--seeds", "16", "--join", address);
        await founder.MembersAsync(2).WaitAsync(Guard);
        await sleeper.SignalAsync("STOP");
        await founder.ResultsAsync(5).WaitAsync(Guard);
        await sleeper.SignalAsync("CONT");

        (int exitCode, string output, string errors) = await founder.EndAsync().WaitAsync(Guard);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("""{"seeds":16,"failed":0,"redone":0""", output, StringComparison.Ordinal);
        Assert.Equal(0, (await sleeper.EndAsync().WaitAsync(Guard)).ExitCode);
    }

    [Fact]
    public async Task A_member_that_was_given_up_says_so_when_it_wakes()
    {
        string file = Write(acceptablePause: "2s");
        using ToolProcess founder = ToolProcess.Start("simulate", file, "--json", "--seeds", "16", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess sleeper = ToolProcess.Start("simulate", file, "--json", "--seeds", "16", "--join", address,
            "--patience", "5");
        await founder.MembersAsync(2).WaitAsync(Guard);
        await sleeper.SignalAsync("STOP");
        (int exitCode, string output, string errors) = await founder.EndAsync().WaitAsync(Guard);
        await sleeper.SignalAsync("CONT");
        (int sleeperCode, _, string said) = await sleeper.EndAsync().WaitAsync(Guard);

        Assert.True(exitCode == 0, errors);
        Assert.Contains("""{"seeds":16,"failed":0""", output, StringComparison.Ordinal);
        Assert.Equal(1, sleeperCode);
        Assert.Matches("This member was removed from the cluster|No coordinator answered", said);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// A scenario whose file says how long a member may be silent. A seed takes some tenths of a second, so that one
    /// member does not run all of them before the others have joined.
    /// </summary>
    private string Write(string acceptablePause)
    {
        string file = Path.Combine(_folder.FullName, "small.conf");
        File.WriteAllText(file, $$"""
            include required("{{Path.Combine(AppContext.BaseDirectory, "small.conf")}}")
            simulation { nodes = 12, duration = 40s }
            akka.cluster {
              failure-detector.acceptable-heartbeat-pause = {{acceptablePause}}
              split-brain-resolver.stable-after = 1s
            }
            """);
        return file;
    }
}
