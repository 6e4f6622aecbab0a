using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>Processes that divide the seeds of a scenario among themselves.</summary>
public class ClusterRunTests
{
    // A cluster forms in seconds. On a busy machine a single process may take ten seconds to start.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private static readonly string Small = Path.Combine(AppContext.BaseDirectory, "small.conf");

    [Fact]
    public async Task Three_processes_give_the_results_of_one()
    {
        Dictionary<ulong, string> alone = Hashes(
            (await EndAsync(ToolProcess.Start("simulate", Small, "--json", "--seeds", "40"))).Output);
        using ToolProcess founder = ToolProcess.Start("simulate", Small, "--json", "--seeds", "40", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess second = ToolProcess.Start("simulate", Small, "--json", "--join", address);
        using ToolProcess third = ToolProcess.Start("simulate", Small, "--json", "--join", address);

        (int exitCode, string output, string errors) = await founder.EndAsync().WaitAsync(Guard);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(40, alone.Count);
        Assert.Equal(alone, Hashes(output));
        Assert.Equal(0, (await second.EndAsync().WaitAsync(Guard)).ExitCode);
        Assert.Equal(0, (await third.EndAsync().WaitAsync(Guard)).ExitCode);
    }

    [Fact]
    public async Task The_seeds_of_a_member_that_is_killed_are_run_elsewhere()
    {
        using ToolProcess founder = ToolProcess.Start("simulate", Small, "--json", "--seeds", "400", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess doomed = ToolProcess.Start("simulate", Small, "--json", "--join", address);
        await doomed.ListeningAsync().WaitAsync(Guard);
        await founder.MembersAsync(2).WaitAsync(Guard);
        doomed.Kill();
        (int exitCode, string output, string errors) = await founder.EndAsync().WaitAsync(Guard);

        Assert.True(exitCode == 0, errors);
        Assert.Contains("""{"seeds":400,"failed":0""", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_without_a_cluster_says_so()
    {
        (int exitCode, _, string errors) = await EndAsync(
            ToolProcess.Start("simulate", Small, "--join", "127.0.0.1:1", "--patience", "3"));
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "No coordinator answered in the cluster of 127.0.0.1:1 within 3 s.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_with_another_file_is_refused()
    {
        using ToolProcess founder = ToolProcess.Start("simulate", Small, "--json", "--seeds", "5000", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        string other = Path.Combine(AppContext.BaseDirectory, "simulations", "churn.conf");
        (int exitCode, _, string errors) = await EndAsync(ToolProcess.Start("simulate", other, "--join", address));
        Assert.Equal(1, exitCode);
        Assert.Contains("The coordinator refused this member: the coordinator has read another scenario.", errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exit_code_says_what_was_wrong()
    {
        Assert.Equal(2, (await EndAsync(ToolProcess.Start("simulate"))).ExitCode);
        Assert.Equal(2, (await EndAsync(ToolProcess.Start("simulate", "nowhere.conf"))).ExitCode);
        Assert.Equal(2, (await EndAsync(ToolProcess.Start("simulate", Small, "--seeds", "0"))).ExitCode);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(ToolProcess process)
    {
        using (process)
        {
            return await process.EndAsync().WaitAsync(Guard);
        }
    }

    private static Dictionary<ulong, string> Hashes(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(static line => line.Contains("TraceHash", StringComparison.Ordinal))
        .Select(static line => JsonSerializer.Deserialize<ScenarioResult>(line)!)
        .ToDictionary(static result => result.Seed, static result => result.TraceHash);
}
