using ActorP2P.Cli.Run;
using ActorP2P.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorP2P.Cli.Clients;

/// <summary>A node of a file for <c>run</c>, as another process sees it.</summary>
/// <param name="Options">The settings of the node.</param>
/// <param name="Address">Where it listens; null when the user has given an address instead of its name.</param>
internal sealed record NamedNode(P2PNodeOptions Options, PeerAddress? Address)
{
    /// <summary>Finds the node of this name; its first node when the name is none of the file's.</summary>
    /// <exception cref="UsageException">There is no such node, or it does not listen at a known port.</exception>
    public static NamedNode Find(string file, string? name)
    {
        RunFile settings = RunFile.Read(file, "off", reloads: false);
        if (name is null || PeerAddress.TryParse(name, out _))
        {
            return new NamedNode(OptionsOf(settings.Nodes.First().Key, settings.Nodes.First().Value), null);
        }

        if (!settings.Nodes.TryGetValue(name, out IConfigurationSection? section))
        {
            string? nearest = NearestName.Of(name, settings.Nodes.Keys);
            throw new UsageException(
                $"{name} is no node of {file}{(nearest is null ? "." : $"; did you mean {nearest}?")}");
        }

        P2PNodeOptions options = OptionsOf(name, section);
        PeerAddress? listen = options.Announce.Count > 0 ? options.Announce[0] : options.Listen;
        return listen is null || listen.Port == 0
            ? throw new UsageException(
                $"The node {name} listens {(listen is null ? "nowhere" : "at a port that the system chooses")}: give "
                + "the address that run has printed.")
            : new NamedNode(options, listen.IsWildcard ? new PeerAddress("127.0.0.1", listen.Port) : listen);
    }

    private static P2PNodeOptions OptionsOf(string name, IConfigurationSection section)
    {
        ServiceCollection services = new();
        services.AddSingleton<ILoggerFactory>(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddP2PNodeOptions(name, section);
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<P2PNodeOptions>>().Get(name);
    }
}
