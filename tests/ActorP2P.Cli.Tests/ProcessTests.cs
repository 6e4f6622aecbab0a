using System.Text.RegularExpressions;

namespace ActorP2P.Cli.Tests;

/// <summary>The tool as a process: in a terminal, in a pipe, and beside another one.</summary>
public sealed partial class ProcessTests(Mesh mesh) : IClassFixture<Mesh>
{
    private string Ping => $"$TOOL ping {mesh.Address("hub")} --network local-mesh -i 0.02";

    private string Top => $"$TOOL top {mesh.Address("hub")} --network local-mesh --cookie {mesh.Cookie("hub")} -i 0.1";

    [Fact]
    public async Task The_file_of_the_repository_runs_and_its_nodes_are_met_by_name()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("local-mesh.conf", MovedTo(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "local-mesh.conf")), folder.Path));
        using Terminal run = Terminal.Pipe($"exec $TOOL run {file}");
        string printed = await run.UntilAsync("READY");
        using Terminal verbs = Terminal.Pipe(
            $"$TOOL ask left --config {file} -t 0101 --text hello; $TOOL peers hub --config {file} --json");
        ToolResult result = await verbs.EndAsync();
        await run.SignalAsync("INT");
        ToolResult ended = await run.EndAsync();

        Assert.Matches(@"NODE hub \w{8} p2p://\w{56}@127\.0\.0\.1:\d+", printed);
        Assert.Equal("hello", result.Lines[0]);
        Assert.Equal(3, result.Lines.Length);
        Assert.Equal((0, "ENDED"), (ended.Code, ended.Output.Trim()));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public async Task In_a_terminal_top_has_colours_and_ends_with_Ctrl_C(int width)
    {
        using Terminal terminal = Terminal.Open(width, Top);
        string shown = await terminal.UntilAsync("#  peer");
        await terminal.InterruptAsync();
        ToolResult result = await terminal.EndAsync();

        Assert.Equal(0, result.Code);
        Assert.Contains("\u001b[1m", shown, StringComparison.Ordinal);
        Assert.All(
            Plain(shown + result.Output).Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_pipe_there_is_no_colour_and_no_live_display()
    {
        using Terminal pipe = Terminal.Pipe($"{Top} -c 2 | cat");

        ToolResult result = await pipe.EndAsync();

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Equal(2, result.Lines.Count(static line => line.StartsWith("hub ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_closed_pipe_ends_a_command_that_would_print_for_ever()
    {
        using Terminal pipe = Terminal.Pipe($"{Ping} -c 0 | head -n 7");

        ToolResult result = await pipe.EndAsync();

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(7, result.Lines.Length);
    }

    [Fact]
    public async Task Ctrl_C_in_a_terminal_ends_ping_with_its_statistics()
    {
        using Terminal terminal = Terminal.Open(80, $"{Ping} -c 0");
        await terminal.UntilAsync("pong seq=2");
        await terminal.InterruptAsync();

        ToolResult result = await terminal.EndAsync();

        Assert.Equal(0, result.Code);
        Assert.Contains("rtt min/avg/max/mdev", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_sent_from_a_terminal()
    {
        string file = Path.Combine(mesh.Folder, "terminal.bin");
        await File.WriteAllBytesAsync(file, new byte[3_000_000]);
        using Terminal terminal = Terminal.Open(
            60, $"$TOOL send {mesh.Address("hub")} {file} --network local-mesh");

        ToolResult result = await terminal.EndAsync();

        Assert.Equal(0, result.Code);
        Assert.Contains("sent terminal.bin: 3000000 bytes", Plain(result.Output), StringComparison.Ordinal);
    }

    private static string Plain(string output) =>
        Escape().Replace(output, "").Replace("\r", "\n", StringComparison.Ordinal);

    // The ports of the file may be taken here, so others are put in their place.
    private static string MovedTo(string file, string folder)
    {
        int[] free = [.. FreePorts.Take(3)];
        return file.Replace(":9301", $":{free[0]}", StringComparison.Ordinal)
            .Replace(":9302", $":{free[1]}", StringComparison.Ordinal)
            .Replace(":9303", $":{free[2]}", StringComparison.Ordinal)
            .Replace("data = \"local-mesh\"", $"data = \"{folder}\"", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\u001b(\[[0-9;?]*[A-Za-z]|\][^\u0007]*\u0007|[=>])|\^C")]
    private static partial Regex Escape();
}
