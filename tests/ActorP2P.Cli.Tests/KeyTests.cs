namespace ActorP2P.Cli.Tests;

/// <summary>The commands keygen and id.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_id_of_a_new_key_is_printed()
    {
        string key = _folder.File("data/node.key");

        ToolResult made = await ToolRun.RunAsync("keygen", key);
        ToolResult id = await ToolRun.RunAsync("id", key, "--json");

        Assert.Equal((0, 0), (made.Code, id.Code));
        Assert.Equal(made.Output.Trim(), id.Json().GetProperty("id").GetString());
        Assert.Equal(made.Output[..8], id.Json().GetProperty("short").GetString());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }
    }

    [Fact]
    public async Task A_key_with_a_passphrase_needs_it()
    {
        string key = _folder.File("node.key");
        string right = _folder.Write("right", "correct horse\n");
        string wrong = _folder.Write("wrong", "battery staple\n");
        await ToolRun.RunAsync("keygen", key, "--passphrase-file", right);

        Assert.Equal(0, (await ToolRun.RunAsync("id", key, "--passphrase-file", right)).Code);
        Assert.Equal(3, (await ToolRun.RunAsync("id", key, "--passphrase-file", wrong)).Code);
        Assert.Equal(3, (await ToolRun.RunAsync("id", key)).Code);
    }

    [Fact]
    public async Task The_secret_of_a_network_can_be_used()
    {
        string secret = _folder.File("secret");

        ToolResult made = await ToolRun.RunAsync("keygen", "--secret", secret);

        Assert.Equal((0, secret), (made.Code, made.Output.Trim()));
        Assert.NotNull(NetworkSecret.FromFile(secret));
    }

    [Fact]
    public async Task An_existing_file_is_not_replaced()
    {
        string key = _folder.Write("node.key", "mine");

        ToolResult result = await ToolRun.RunAsync("keygen", key, "--json");

        Assert.Equal(3, result.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(key));
        Assert.Equal(3, result.Json().GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_key_that_cannot_be_written_ends_with_3()
    {
        ToolResult result = await ToolRun.RunAsync("keygen", "/dev/null/node.key");

        Assert.Equal((3, ""), (result.Code, result.Output));
        Assert.Contains("/dev/null", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_a_missing_key_makes_none()
    {
        string key = _folder.File("node.key");

        ToolResult result = await ToolRun.RunAsync("id", key);

        Assert.Equal((2, $"There is no file {key}.\n"), (result.Code, result.Error));
        Assert.False(File.Exists(key));
    }

    public void Dispose() => _folder.Dispose();
}
