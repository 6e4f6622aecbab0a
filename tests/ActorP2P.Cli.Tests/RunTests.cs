using System.Net;
using System.Net.Sockets;
using ActorP2P.Cli.Run;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Cli.Tests;

/// <summary>The ends of run that a signal does not bring about.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_node_that_stops_by_itself_ends_run_with_1()
    {
        RunFile file = RunFile.Read(
            _folder.Write("run.conf", "nodes { a.network-id = run, b.network-id = run }, Serilog {}"), "off");
        await using WebApplication app = NodeHost.Build(file);
        await app.StartAsync();
        StringWriter error = new();
        LineWriter output = new();
        Task<int> end = new RunningNodes(app, file, new RunOutput(output, json: false), error)
            .UntilEndAsync(CancellationToken.None);
        P2PNode other = app.Services.GetRequiredKeyedService<P2PNode>("b");

        await app.Services.GetRequiredKeyedService<P2PNode>("a").ActorSystem.Terminate();

        Assert.Equal(1, await end.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains("actor system", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ENDED", output.ToString(), StringComparison.Ordinal);
        Assert.True(other.Completion.IsCompletedSuccessfully, "The other node has not stopped in order.");
    }

    [Fact]
    public async Task A_taken_port_of_the_status_page_ends_with_3()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string file = _folder.Write("run.conf", $$"""
            actorp2p { listen = off, cookie-file = "{{_folder.File("cookie")}}" }
            Serilog {}
            """);

        ToolResult result = await ToolRun.RunAsync(
            "run", file, "--http", "off", "--dashboard", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal(3, result.Code);
        Assert.Contains("address already in use", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("cookie")), "The node has not stopped in order.");
    }

    [Fact]
    public async Task A_second_node_on_one_data_directory_ends_with_3()
    {
        string file = _folder.Write("run.conf", $$"""
            nodes { a { network-id = run, data-directory = "{{_folder.File("data")}}" } }
            Serilog {}
            """);
        await using ToolRun first = ToolRun.Start("run", file, "--http", "off");
        while (await first.LineAsync() != "READY")
        {
            // The address of the node comes before it.
        }

        ToolResult second = await ToolRun.RunAsync("run", file, "--http", "off");

        Assert.Equal((3, ""), (second.Code, second.Output));
        Assert.Contains("InUse", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await first.InterruptAsync()).Code);
    }

    [Theory]
    [InlineData("run.inbox = \"/dev/null/inbox\"", 3, "/dev/null")]
    [InlineData("run.share = \"/dev/null/share\"", 3, "/dev/null")]
    [InlineData("actorp2p.cookie-file = \"/dev/null/cookie\"", 3, "/dev/null")]
    [InlineData("run.relay = [\"0100\", \"12\"]", 2, "'12' is no message type")]
    [InlineData("run.echo = zz", 2, "'zz' is no message type")]
    [InlineData("run.dashboard = here", 2, "run.dashboard is 'here'")]
    [InlineData("run.dashbord = 1", 2, "run.dashbord is not a setting; did you mean run.dashboard?")]
    public async Task A_setting_that_cannot_be_used_is_named(string setting, int code, string said)
    {
        string file = _folder.Write("run.conf", $"actorp2p.listen = off, Serilog {{}}\n{setting}");

        ToolResult result = await ToolRun.RunAsync("run", file, "--http", "off");

        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
