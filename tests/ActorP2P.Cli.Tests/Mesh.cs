using System.Text.Json;

namespace ActorP2P.Cli.Tests;

/// <summary>
/// The nodes of hocon/local-mesh.conf, and one without encryption, at ports that the system chooses. All tests of a
/// class share them.
/// </summary>
public sealed class Mesh : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _addresses = [];
    private ToolRun? _run;

    /// <summary>The address of the status page, with its key.</summary>
    public string Dashboard { get; private set; } = "";

    public string Folder => _folder.Path;

    public async Task InitializeAsync()
    {
        string file = _folder.Write("mesh.conf", $$"""
            include required("{{Path.Combine(AppContext.BaseDirectory, "local-mesh.conf")}}")
            mesh.data = "{{_folder.Path}}"
            nodes {
              hub.listen = "127.0.0.1:0"
              left { listen = "127.0.0.1:0", bootstrap = [] }
              right { listen = "127.0.0.1:0", bootstrap = [] }
              plain { listen = "127.0.0.1:0", network-id = ${mesh.network-id}, encryption = off }
              plain.cookie-file = ${mesh.data}"/plain.cookie"
            }
            Serilog.MinimumLevel = Fatal
            """);
        _run = ToolRun.Start("run", file, "--json", "--http", "off", "--dashboard", "0");
        for (JsonElement line = await _run.JsonAsync(); !line.TryGetProperty("ready", out _);
            line = await _run.JsonAsync())
        {
            if (line.TryGetProperty("node", out JsonElement name))
            {
                _addresses[name.GetString()!] = line.GetProperty("listening")[0].GetString()!;
            }
            else
            {
                Dashboard = line.GetProperty("dashboard").GetString()!;
            }
        }

        foreach (string side in (string[])["left", "right"])
        {
            ToolResult connected = await AdminAsync("connect", side, _addresses["hub"]);
            Assert.True(connected.Code == 0, connected.Error);
        }
    }

    public async Task DisposeAsync()
    {
        ToolResult end = await _run!.InterruptAsync();
        await _run.DisposeAsync();
        bool isCookieGone = !File.Exists(Cookie("hub"));
        _folder.Dispose();
        Assert.Equal(0, end.Code);
        Assert.True(isCookieGone, "The nodes have not stopped in order.");
    }

    /// <summary>The address of a node.</summary>
    internal string Address(string node) => _addresses[node];

    /// <summary>The cookie file of a node.</summary>
    internal string Cookie(string node) => Path.Combine(_folder.Path, $"{node}.cookie");

    /// <summary>Runs a command with a node.</summary>
    internal Task<ToolResult> RunAsync(string command, string node, params string[] more) =>
        ToolRun.RunAsync([command, Address(node), .. more, .. Network(node)]);

    /// <summary>Runs a command that logs in to a node.</summary>
    internal Task<ToolResult> AdminAsync(string command, string node, params string[] more) =>
        RunAsync(command, node, [.. more, "--cookie", Cookie(node)]);

    /// <summary>The options for a node's network.</summary>
    internal static string[] Network(string node) =>
        node == "plain" ? ["--network", "local-mesh", "--plain"] : ["--network", "local-mesh"];
}
