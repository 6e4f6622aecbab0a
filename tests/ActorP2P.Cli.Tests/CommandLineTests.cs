namespace ActorP2P.Cli.Tests;

/// <summary>Command lines that make no sense, and help.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] s_commands =
    [
        "run", "keygen", "id", "ping", "ask", "tell", "broadcast", "listen", "send", "fetch", "peers", "top", "connect",
        "disconnect", "ban", "unban", "bans", "decode", "simulate",
    ];

    public static TheoryData<string> Commands => [.. s_commands];

    [Theory]
    [InlineData("pers hub", "'pers' is no command; did you mean peers?")]
    [InlineData("xyzzy", "'xyzzy' is no command.")]
    [InlineData("", "A command is missing.")]
    [InlineData("ping 127.0.0.1:1 --conut 3", "'--conut' is no option of ping; did you mean --count?")]
    [InlineData("ping", "Required argument missing")]
    [InlineData("ping 127.0.0.1:1 --count x", "Cannot parse argument 'x'")]
    [InlineData("ping 127.0.0.1:1 --count -1", "--count is -1; allowed: 0 or more.")]
    [InlineData("ping 127.0.0.1:1 --interval 0", "0 seconds are not allowed")]
    [InlineData("ping nowhere", "'nowhere' is no address")]
    [InlineData("ping 127.0.0.1:0", "'127.0.0.1:0' is no address")]
    [InlineData("ask 127.0.0.1:1 --text a", "'--type' is required")]
    [InlineData("ask 127.0.0.1:1 -t 00ff --text a", "'00ff' is no message type")]
    [InlineData("ask 127.0.0.1:1 -t 0101 --reply zz --text a", "'zz' is no message type")]
    [InlineData("tell 127.0.0.1:1 -t 0101 --text a --hex 00", "Give one of --text, --hex, --object and --file.")]
    [InlineData("tell 127.0.0.1:1 -t 0101 --hex 0", "--hex is no even number of hexadecimal digits.")]
    [InlineData("tell 127.0.0.1:1 -t 0101 --object {", "--object is no JSON")]
    [InlineData("tell 127.0.0.1:1 -t 0101 --file /no/such/file", "/no/such/file")]
    [InlineData("tell 127.0.0.1:1 -t 0101 --text a --lane control", "'control' not recognized")]
    [InlineData("listen", "Name a node, or give --listen and --type.")]
    [InlineData("listen --listen 127.0.0.1:0 -t 0200-0fff", "'0200-0fff' is no range")]
    [InlineData("listen --listen here -t 0101", "--listen is 'here'")]
    [InlineData("peers 127.0.0.1:1", "No cookie file is known")]
    [InlineData("peers 127.0.0.1:1 --config /no/such/file", "/no/such/file")]
    [InlineData("ban 127.0.0.1:1 192.0.2.1 --for long --cookie c", "--for is 'long'")]
    [InlineData("ban 127.0.0.1:1 192.0.2.1 --for 0s --cookie c", "--for is '0s'")]
    [InlineData("decode /no/such/file", "/no/such/file")]
    [InlineData("run /no/such/file", "/no/such/file")]
    [InlineData("send 127.0.0.1:1", "Required argument missing")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2(string line, string said)
    {
        ToolResult result = await ToolRun.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_has_examples_and_fits_the_console(string command)
    {
        ToolResult wide = await ToolRun.RunAsync(command, "--help");
        ToolResult narrow = await ToolRun.RunAsync(50, [], command, "--help");

        Assert.Equal((0, ""), (wide.Code, wide.Error));
        Assert.Contains($"\nExamples:\n  ", wide.Output, StringComparison.Ordinal);
        Assert.Contains("--json", wide.Output, StringComparison.Ordinal);
        Assert.All(wide.Lines, static line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.All(
            narrow.Output[..narrow.Output.IndexOf("Examples:", StringComparison.Ordinal)].Split('\n'),
            static line => Assert.True(line.TrimEnd().Length <= 50, line));
    }

    [Fact]
    public async Task The_help_of_the_tool_names_all_commands_and_exit_codes()
    {
        ToolResult result = await ToolRun.RunAsync("--help");

        Assert.Equal(0, result.Code);
        Assert.All(s_commands, command => Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal));
        Assert.Contains("130 interrupted", string.Join(' ', result.Output.Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.All(result.Lines, static line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Theory]
    [InlineData("hub", "127.0.0.1:9301", "hub.cookie")]
    [InlineData("left", "127.0.0.1:9302", "left.cookie")]
    public void A_file_of_run_gives_its_nodes_names(string name, string address, string cookie)
    {
        Clients.NamedNode node = Clients.NamedNode.Find(
            Path.Combine(AppContext.BaseDirectory, "local-mesh.conf"), name);

        Assert.Equal(address, $"{node.Address}");
        Assert.Equal(cookie, Path.GetFileName(node.Options.CookieFile));
        Assert.Equal("local-mesh", node.Options.NetworkId);
    }

    [Fact]
    public async Task A_wrong_name_of_a_node_is_told_the_nearest()
    {
        ToolResult result = await ToolRun.RunAsync(
            "ping", "lefty", "--config", Path.Combine(AppContext.BaseDirectory, "local-mesh.conf"));

        Assert.Equal(2, result.Code);
        Assert.Contains("lefty is no node of ", result.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean left?", result.Error, StringComparison.Ordinal);
    }
}
