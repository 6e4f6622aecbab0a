using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>One world that is spread over processes.</summary>
public sealed class WorldTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorp2p-world-");

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Members_make_the_run_that_one_process_makes(int members)
    {
        string file = Write($"spread.members = {members}, duration = 30s");
        JsonElement alone = Result((await EndAsync("simulate", file, "--json")).Output);
        ToolProcess[] tools = await StartAsync(file, members);
        (int exitCode, string output, string errors) = await tools[0].EndAsync().WaitAsync(Guard);
        JsonElement together = Result(output);
        long[] events = [.. together.GetProperty("Spread").GetProperty("Events").EnumerateArray()
            .Select(static one => one.GetInt64())];

        Assert.True(exitCode == 0, errors + output);
        Assert.Equal(alone.GetProperty("TraceHash").GetString(), together.GetProperty("TraceHash").GetString());
        Assert.Equal(alone.GetProperty("Frames").GetInt64(), together.GetProperty("Frames").GetInt64());
        Assert.Equal(members, events.Length);
        Assert.All(events, one => Assert.True(one >= 0.15 * events.Sum(), string.Join(", ", events)));
        foreach (ToolProcess other in tools[1..])
        {
            Assert.Equal(0, (await other.EndAsync().WaitAsync(Guard)).ExitCode);
        }

        Array.ForEach(tools, static tool => tool.Dispose());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Members_that_are_left_run_the_world_again(int victim)
    {
        string file = Write("spread { members = 3, on-loss = run-again }, duration = 30s");
        JsonElement alone = Result((await EndAsync("simulate", file, "--json")).Output);
        ToolProcess[] tools = await StartAsync(file, 3);
        await tools[0].BeganAsync().WaitAsync(Guard);
        tools[victim].Kill();
        (int ExitCode, string Output, string Errors)[] ends = await Task.WhenAll(
            tools.Where(tool => tool != tools[victim]).Select(static tool => tool.EndAsync())).WaitAsync(Guard);

        Assert.All(ends, static end => Assert.True(end.ExitCode == 0, end.Errors + end.Output));
        string output = Assert.Single(ends, static end => end.Output.Contains("TraceHash", StringComparison.Ordinal))
            .Output;
        Assert.Equal(
            alone.GetProperty("TraceHash").GetString(), Result(output).GetProperty("TraceHash").GetString());
        Assert.Equal(2, Result(output).GetProperty("Spread").GetProperty("Events").GetArrayLength());
        Array.ForEach(tools, static tool => tool.Dispose());
    }

    [Fact]
    public async Task A_lost_member_fails_the_world_and_is_named()
    {
        string file = Write("spread.members = 3, duration = 30s");
        ToolProcess[] tools = await StartAsync(file, 3);
        await tools[0].BeganAsync().WaitAsync(Guard);
        tools[2].Kill();
        (int exitCode, string output, _) = await tools[0].EndAsync().WaitAsync(Guard);

        Assert.Equal(1, exitCode);
        Assert.Matches(
            @"a member was lost: .*member \d at 127\.0\.0\.1:\d+: the member is lost \(window \d+, virtual time 00:",
            Result(output).GetProperty("Failure").GetString());
        Assert.Equal(1, (await tools[1].EndAsync().WaitAsync(Guard)).ExitCode);
        Array.ForEach(tools, static tool => tool.Dispose());
    }

    [Fact]
    public async Task A_member_that_was_stopped_for_a_moment_goes_on()
    {
        string file = Write("spread.members = 2, duration = 30s");
        ToolProcess[] tools = await StartAsync(file, 2);
        await tools[0].BeganAsync().WaitAsync(Guard);
        await tools[1].SignalAsync("STOP");
        await tools[1].SignalAsync("CONT");
        (int exitCode, string output, string errors) = await tools[0].EndAsync().WaitAsync(Guard);

        Assert.True(exitCode == 0, errors + output);
        Assert.Contains("\"failed\":0,\"redone\":0", output, StringComparison.Ordinal);
        Array.ForEach(tools, static tool => tool.Dispose());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static JsonElement Result(string output) => JsonDocument.Parse(Assert.Single(
        output.Split('\n'), static line => line.Contains("TraceHash", StringComparison.Ordinal))).RootElement;

    private static async Task<ToolProcess[]> StartAsync(string file, int members)
    {
        ToolProcess founder = ToolProcess.Start("simulate", file, "--json", "--cluster");
        string address = await founder.ListeningAsync().WaitAsync(Guard);
        return
        [
            founder,
            .. Enumerable.Range(1, members - 1).Select(
                _ => ToolProcess.Start("simulate", file, "--json", "--join", address)),
        ];
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(params string[] arguments)
    {
        using ToolProcess tool = ToolProcess.Start(arguments);
        return await tool.EndAsync().WaitAsync(Guard);
    }

    private string Write(string overrides)
    {
        string file = Path.Combine(_folder.FullName, "world.conf");
        File.WriteAllText(file, $$"""
            include required("{{Path.Combine(AppContext.BaseDirectory, "world.conf")}}")
            simulation { {{overrides}} }
            akka.cluster {
              failure-detector.acceptable-heartbeat-pause = 5s
              split-brain-resolver.stable-after = 1s
            }
            """);
        return file;
    }
}
