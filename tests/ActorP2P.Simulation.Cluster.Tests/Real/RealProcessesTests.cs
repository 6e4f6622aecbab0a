using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>Processes that run real nodes on real sockets, each its share of them.</summary>
public sealed class RealProcessesTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "real.conf");

    [Theory]
    [InlineData("akka-io")]
    [InlineData("sockets")]
    public async Task One_process_runs_all_real_nodes(string transport)
    {
        Scenario scenario = Scenario.Parse($$"""
            include required("{{File}}")
            simulation.node.transport = {{transport}}
            """);

        ScenarioResult result = await RealRun.RunAsync(scenario, seed: 1).WaitAsync(Guard);

        Assert.Null(result.Failure);
        Assert.Equal(16, result.Broadcasts);
        Assert.True(result is { Asks: > 20, Streams: > 4 }, $"{result}");
        Assert.Equal("", result.TraceHash);
    }

    [Fact]
    public async Task Three_processes_share_the_real_nodes()
    {
        string[] real = ["simulate", File, "--json", "--real", "--members", "3"];
        using ToolProcess founder = ToolProcess.Start([.. real, "--cluster"]);
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess second = ToolProcess.Start([.. real, "--join", address]);
        using ToolProcess third = ToolProcess.Start([.. real, "--join", address]);
        (int exitCode, string output, string errors) = await founder.EndAsync().WaitAsync(Guard);

        Assert.True(exitCode == 0, output + errors);
        using JsonDocument result = JsonDocument.Parse(
            output.Split('\n').Single(static line => line.Contains("TraceHash", StringComparison.Ordinal)));
        Assert.Equal(16, result.RootElement.GetProperty("Broadcasts").GetInt32());
        Assert.True(result.RootElement.GetProperty("Reasons").TryGetProperty("ConnectionReset", out _), output);
        Assert.Contains("No effect on real nodes: network.jitter.", errors, StringComparison.Ordinal);
        Assert.Equal(0, (await second.EndAsync().WaitAsync(Guard)).ExitCode);
        Assert.Equal(0, (await third.EndAsync().WaitAsync(Guard)).ExitCode);
    }

    [Fact]
    public async Task The_death_of_a_member_ends_the_run_and_names_it()
    {
        string[] real = ["simulate", File, "--json", "--real", "--members", "2", "--seeds", "20"];
        using ToolProcess founder = ToolProcess.Start([.. real, "--cluster"]);
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess doomed = ToolProcess.Start([.. real, "--join", address]);
        string member = await doomed.ListeningAsync().WaitAsync(Guard);
        await founder.ResultsAsync(1).WaitAsync(Guard);
        doomed.Kill();
        (int exitCode, _, string errors) = await founder.EndAsync().WaitAsync(Guard);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"The member {member} was lost, and its real nodes with it (seed ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_death_of_the_coordinator_ends_the_others()
    {
        string[] real = ["simulate", File, "--json", "--real", "--members", "3", "--seeds", "20"];
        using ToolProcess founder = ToolProcess.Start([.. real, "--cluster"]);
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        using ToolProcess second = ToolProcess.Start([.. real, "--join", address]);
        using ToolProcess third = ToolProcess.Start([.. real, "--join", address]);
        await founder.ResultsAsync(1).WaitAsync(Guard);
        founder.Kill();
        (int ExitCode, string Output, string Errors)[] ends =
            await Task.WhenAll(second.EndAsync(), third.EndAsync()).WaitAsync(Guard);

        Assert.All(ends, static end => Assert.Equal(1, end.ExitCode));
        Assert.All(ends, static end => Assert.Contains(
            "The coordinator was lost, and its real nodes with it.", end.Errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("partition-heal.conf --real", "Real nodes cannot do this: timeline.apart.partition")]
    [InlineData("kill-half.conf --real", "timeline.dark.death = host")]
    [InlineData("smoke.conf --real --report r.html", "--report, --picture, --csv and --replay are for simulated nodes")]
    [InlineData("smoke.conf --members 2", "it needs --real, and --cluster or --join")]
    [InlineData("smoke.conf --real --members 0", "--members is 0; allowed: 1 or more")]
    public async Task What_real_nodes_cannot_do_ends_with_2(string options, string said)
    {
        using ToolProcess tool = ToolProcess.Start(
            ["simulate", .. Path.Combine(AppContext.BaseDirectory, "simulations", options).Split(' ')]);
        (int exitCode, _, string errors) = await tool.EndAsync().WaitAsync(Guard);

        Assert.Equal(2, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }
}
