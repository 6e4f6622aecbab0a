using System.Globalization;
using System.Net;
using ActorP2P.Hosting;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Cli.Run;

/// <summary>The settings of a file: of the nodes to run, and of the tool itself.</summary>
internal sealed class RunFile
{
    private const string SingleName = "node";
    private const string Prefix = "ACTORP2P_";
    private const string Off = "off";

    /// <summary>The settings of the tool itself.</summary>
    public static readonly IReadOnlyList<string> KnownSettings =
        ["run.http", "run.dashboard", "run.relay", "run.echo", "run.share", "run.inbox"];

    private RunFile(ConfigurationManager configuration, IReadOnlyDictionary<string, IConfigurationSection> nodes)
    {
        Configuration = configuration;
        Nodes = nodes;
    }

    /// <summary>The file's settings, overridden by environment variables that begin with <c>ACTORP2P_</c>.</summary>
    public ConfigurationManager Configuration { get; }

    /// <summary>The nodes' sections by node name.</summary>
    public IReadOnlyDictionary<string, IConfigurationSection> Nodes { get; }

    /// <summary>The address for HTTP; null: HTTP is off.</summary>
    public PeerAddress? Http { get; private init; }

    /// <summary>The port of the status page; 0: the system chooses; null: there is none.</summary>
    public int? Dashboard { get; private init; }

    /// <summary>What the nodes do for their peers.</summary>
    public required RunServices Services { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="http">The address for HTTP, or <c>off</c>; null: that of the file.</param>
    /// <param name="dashboard">The port of the status page, or <c>off</c>; null: that of the file.</param>
    /// <param name="reloads">Whether the file is read again when it changes.</param>
    /// <exception cref="ArgumentException">The file has no node, or an invalid setting.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public static RunFile Read(string file, string? http, string? dashboard = null, bool reloads = true)
    {
        ConfigurationManager configuration = new();
        configuration.AddHoconFile(Path.GetFullPath(file), reloadOnChange: reloads);
        configuration.AddEnvironmentVariables(Prefix);
        IConfigurationSection[] several = [.. configuration.GetSection("nodes").GetChildren()];
        IConfigurationSection single = configuration.GetSection("actorp2p");
        if (several.Length == 0 && !single.Exists())
        {
            throw new ArgumentException($"{file} has neither a block nodes nor a block actorp2p.");
        }

        RequireKnown(configuration.GetSection("run"));
        string port = dashboard ?? configuration["run:dashboard"] ?? Off;
        string address = http ?? configuration["run:http"] ?? "127.0.0.1:0";
        return new RunFile(configuration, several.Length == 0
            ? new SortedDictionary<string, IConfigurationSection>(StringComparer.Ordinal) { [SingleName] = single }
            : new SortedDictionary<string, IConfigurationSection>(
                several.ToDictionary(static section => section.Key), StringComparer.Ordinal))
        {
            Http = address == Off ? null : Parsed(address),
            Dashboard = port == Off ? null : PortOf(port),
            Services = RunServices.From(configuration.GetSection("run")),
        };
    }

    // With any other name Kestrel would listen on all addresses of the machine.
    private static PeerAddress Parsed(string text) => PeerAddress.TryParse(text, out PeerAddress? address)
        && address.Id is null
        && (IPAddress.TryParse(address.Host, out _) || (address.Host == "localhost" && address.Port != 0))
            ? address
            : throw new ArgumentException(
                $"run.http is '{text}'; allowed: 1.2.3.4:port, [v6]:port, localhost:port with a port that is not 0, "
                + "or off.");

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new ArgumentException($"run.dashboard is '{text}'; allowed: a port, 0 to 65535, or off.");

    private static void RequireKnown(IConfigurationSection section)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            string key = $"run.{child.Key}";
            if (!KnownSettings.Contains(key))
            {
                throw new ArgumentException(new UnknownSetting(key, NearestName.Of(key, KnownSettings)).ToString());
            }
        }
    }
}
