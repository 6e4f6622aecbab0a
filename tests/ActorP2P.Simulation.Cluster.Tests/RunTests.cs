using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>The tool as the host of nodes.</summary>
public sealed class RunTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(4);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorp2p-run-");

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Nodes_are_seen_over_HTTP_and_end_in_order(string signal)
    {
        string log = Path.Combine(_folder.FullName, "run-.log");
        using ToolProcess tool = ToolProcess.Start("run", Write($$"""
            nodes { a { network-id = run }, b { network-id = run, listen = off, bootstrap = ["127.0.0.1:1"] } }
            Serilog.WriteTo = [{ Name = File, Args { path = "{{log}}", rollingInterval = Day } }]
            """), "--json");
        PeerAddress address = PeerAddress.Parse(
            (await LineAsync(tool)).GetProperty("listening")[0].GetString()!);
        await LineAsync(tool);
        string url = (await LineAsync(tool)).GetProperty("http")[0].GetString()!;
        Assert.True((await LineAsync(tool)).GetProperty("ready").GetBoolean());
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { NetworkId = "run", Listen = null });
        using NodeEvents events = client.Events();
        await client.ConnectAsync(address).WaitAsync(Guard);

        using HttpClient http = new();
        using JsonDocument health = JsonDocument.Parse(await http.GetStringAsync(new Uri($"{url}/health")));
        string metrics = await http.GetStringAsync(new Uri($"{url}/metrics"));
        await tool.SignalAsync(signal);
        (int exitCode, string output, string errors) = await tool.EndAsync().WaitAsync(Guard);

        JsonElement nodes = health.RootElement.GetProperty("nodes");
        Assert.Equal("Degraded", health.RootElement.GetProperty("status").GetString());
        Assert.Equal("Healthy", nodes.GetProperty("a").GetProperty("status").GetString());
        Assert.Equal(
            "The node has 0 of the 1 peers it wants.", nodes.GetProperty("b").GetProperty("description").GetString());
        Assert.Matches("""actorp2p_connection_count\{.*actorp2p_node="a"\} \d""", metrics);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal("""{"ended":true}""", output.Trim());
        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Guard);
        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.End.Reason, end.End.Side));
        string file = Assert.Single(Directory.GetFiles(_folder.FullName, "run-*.log"));
        Assert.Contains($"listens on {address}", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_levels_of_logs_follow_the_file()
    {
        string Content(string level, string settings) => $$"""
            nodes.a { {{settings}} }
            Serilog {
              MinimumLevel { Default = {{level}}, Override.Microsoft = Warning }
              WriteTo = [{ Name = Console, Args { standardErrorFromLevel = Verbose } }]
            }
            """;
        using ToolProcess tool = ToolProcess.Start("run", Write(Content("Warning", "max-connections = 9")));
        for (string line = ""; line != "READY";)
        {
            line = await tool.ReadLineAsync().WaitAsync(Guard);
        }

        // A warning is logged at either level, and tells that the file was read.
        Write(Content("Information", "max-connections = 9, session.ping-after = 7s"));
        await tool.ErrorWithAsync("take effect only after a restart: session.ping-after").WaitAsync(Guard);
        Write(Content("Information", "max-connections = 8, session.ping-after = 7s"));
        await tool.ErrorWithAsync("has applied new settings: max-connections").WaitAsync(Guard);
        Write("nodes {");
        await tool.ErrorWithAsync("was not reloaded; the previous settings stay in force").WaitAsync(Guard);

        await tool.SignalAsync("TERM");
        Assert.Equal(0, (await tool.EndAsync().WaitAsync(Guard)).ExitCode);
    }

    [Fact]
    public async Task Without_HTTP_the_nodes_run_all_the_same()
    {
        using ToolProcess tool = ToolProcess.Start("run", Write("nodes.a { network-id = run }"), "--http", "off",
            "--json");
        PeerAddress address = PeerAddress.Parse(
            (await LineAsync(tool)).GetProperty("listening")[0].GetString()!);
        JsonElement next = await LineAsync(tool);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { NetworkId = "run", Listen = null });
        await client.ConnectAsync(address).WaitAsync(Guard);
        await tool.SignalAsync("TERM");

        Assert.True(next.GetProperty("ready").GetBoolean());
        Assert.Equal(0, (await tool.EndAsync().WaitAsync(Guard)).ExitCode);
    }

    [Theory]
    [InlineData("nodes.a.listn = off", "nodes:a: listn is not a setting; did you mean listen?")]
    [InlineData("nodes { a.max-connections = 0, b.seesion.ping-after = 1s }",
        "nodes:a: max-connections is 0; allowed: 1 or more.|did you mean session.ping-after?")]
    [InlineData("nodes {", "line 1, column 7")]
    [InlineData("other = 1", "has neither a block nodes nor a block actorp2p")]
    [InlineData("actorp2p.listen = off, run.htp = off", "run.htp is not a setting; did you mean run.http?")]
    [InlineData("actorp2p.listen = off, run.http = here", "run.http is 'here'")]
    [InlineData("actorp2p.listen = off, run.http = \"example.org:80\"", "run.http is 'example.org:80'")]
    [InlineData("actorp2p.listen = off, run.http = \"*:80\"", "run.http is '*:80'")]
    [InlineData("actorp2p.listen = off, run.http = \"localhost:0\"", "run.http is 'localhost:0'")]
    public async Task A_file_that_makes_no_sense_ends_with_2(string content, string said)
    {
        (int exitCode, string output, string errors) = await EndAsync("run", Write(content));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.All(said.Split('|'), each => Assert.Contains(each, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_ends_with_2()
    {
        (int exitCode, _, string errors) = await EndAsync("run", Path.Combine(_folder.FullName, "no.conf"));

        Assert.Equal(2, exitCode);
        Assert.StartsWith("There is no file ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actorp2p.listen = \"127.0.0.1:{0}\"", "cannot listen on 127.0.0.1:{0}")]
    [InlineData("actorp2p.listen = off, run.http = \"127.0.0.1:{0}\"", "127.0.0.1:{0}")]
    public async Task A_taken_port_ends_with_3(string content, string said)
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";

        (int exitCode, _, string errors) = await EndAsync(
            "run", Write(content.Replace("{0}", port, StringComparison.Ordinal)));

        Assert.Equal(3, exitCode);
        Assert.Contains(said.Replace("{0}", port, StringComparison.Ordinal), errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_the_repository_runs_without_HTTP()
    {
        using ToolProcess tool = ToolProcess.Start("run", Write($"""
            include required("{Path.Combine(AppContext.BaseDirectory, "run.conf")}")
            nodes.hub.listen = "127.0.0.1:0"
            nodes.leaf.bootstrap = []
            Serilog.WriteTo = []
            """), "--http", "off");
        Assert.Matches(
            "^NODE hub [a-z2-7]{8} p2p://[a-z2-7]{56}@127.0.0.1:[0-9]+$", await tool.ReadLineAsync().WaitAsync(Guard));
        Assert.Matches("^NODE leaf [a-z2-7]{8} off$", await tool.ReadLineAsync().WaitAsync(Guard));
        Assert.Equal("READY", await tool.ReadLineAsync().WaitAsync(Guard));

        await tool.SignalAsync("TERM");

        (int exitCode, string output, _) = await tool.EndAsync().WaitAsync(Guard);
        Assert.Equal((0, "ENDED"), (exitCode, output.Trim()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<JsonElement> LineAsync(ToolProcess tool) =>
        JsonDocument.Parse(await tool.ReadLineAsync().WaitAsync(Guard)).RootElement;

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(params string[] arguments)
    {
        using ToolProcess tool = ToolProcess.Start(arguments);
        return await tool.EndAsync().WaitAsync(Guard);
    }

    private string Write(string content)
    {
        string file = Path.Combine(_folder.FullName, "run.conf");
        File.WriteAllText(file, content);
        return file;
    }
}
