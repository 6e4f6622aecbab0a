using System.Net;
using ActorP2P.Hosting;
using Microsoft.Extensions.Configuration;

namespace ActorP2P.Cli.Run;

/// <summary>The settings of a file: of the nodes to run, and of the tool itself.</summary>
internal sealed class RunFile
{
    private const string SingleName = "node";
    private const string Prefix = "ACTORP2P_";

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

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="http">The address for HTTP, or <c>off</c>; null: that of the file.</param>
    /// <exception cref="ArgumentException">The file has no node, or an invalid setting.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public static RunFile Read(string file, string? http)
    {
        ConfigurationManager configuration = new();
        configuration.AddHoconFile(Path.GetFullPath(file), reloadOnChange: true);
        configuration.AddEnvironmentVariables(Prefix);
        IConfigurationSection[] several = [.. configuration.GetSection("nodes").GetChildren()];
        IConfigurationSection single = configuration.GetSection("actorp2p");
        if (several.Length == 0 && !single.Exists())
        {
            throw new ArgumentException($"{file} has neither a block nodes nor a block actorp2p.");
        }

        RequireKnown(configuration.GetSection("run"));
        string address = http ?? configuration["run:http"] ?? "127.0.0.1:0";
        return new RunFile(configuration, several.Length == 0
            ? new SortedDictionary<string, IConfigurationSection>(StringComparer.Ordinal) { [SingleName] = single }
            : new SortedDictionary<string, IConfigurationSection>(
                several.ToDictionary(static section => section.Key), StringComparer.Ordinal))
        {
            Http = address == "off" ? null : Parsed(address),
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

    private static void RequireKnown(IConfigurationSection section)
    {
        foreach (IConfigurationSection child in section.GetChildren().Where(static child => child.Key != "http"))
        {
            throw new ArgumentException(new UnknownSetting(
                $"run.{child.Key}", NearestName.Of($"run.{child.Key}", ["run.http"])).ToString());
        }
    }
}
