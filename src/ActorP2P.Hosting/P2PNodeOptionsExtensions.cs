using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting;

/// <summary>Binds <see cref="P2PNodeOptions"/> to a host's configuration.</summary>
public static class P2PNodeOptionsExtensions
{
    /// <summary>
    /// Binds a node's options to a section of the host's configuration, such as a JSON or HOCON file. Keys are HOCON
    /// keys or names of properties. The options are validated when the host starts; an unknown key or an invalid value
    /// stops the host. If a reload brings invalid settings, the previous options stay in force and an error is logged.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name of the node and of its options.</param>
    /// <param name="section">The section.</param>
    /// <returns>
    /// The options' builder. A node uses the options by <c>WithP2PNode("lobby", node => node.WithOptions(_ =>
    /// provider.GetRequiredService&lt;IOptionsMonitor&lt;P2PNodeOptions>>().Get("lobby")))</c>.
    /// </returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">The node's options have been bound already.</exception>
    public static OptionsBuilder<P2PNodeOptions> AddP2PNodeOptions(
        this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return services.BindNode(name, section);
    }

    /// <summary>Binds the options of a node, which may have the empty name.</summary>
    internal static OptionsBuilder<P2PNodeOptions> BindNode(
        this IServiceCollection services, string name, IConfiguration section)
    {
        if (services.Any(added => added.ServiceType == typeof(NodeSettings) && name.Equals(added.ServiceKey)))
        {
            throw new InvalidOperationException(
                $"The options of the node '{name}' have been bound already; allowed: one section for each node.");
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<P2PNodeOptions>, P2PNodeOptionsValidator>());
        services.TryAddTransient<IOptionsFactory<P2PNodeOptions>, P2PNodeOptionsFactory>();
        services.AddKeyedSingleton(name, (provider, _) => new NodeSettings(name, section, provider));
        services.AddSingleton<IOptionsChangeTokenSource<P2PNodeOptions>>(
            provider => provider.GetRequiredKeyedService<NodeSettings>(name));
        return services.AddOptions<P2PNodeOptions>(name).ValidateOnStart();
    }
}
