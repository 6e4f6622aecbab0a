using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting;

/// <summary>Binds <see cref="P2PNodeOptions"/> from the configuration of a host.</summary>
public static class P2PNodeOptionsExtensions
{
    /// <summary>
    /// Binds a node's options from a section of the host's configuration, such as a file in JSON or HOCON. Keys are the
    /// properties' names or those of HOCON. They are checked when the host starts; a key that is no setting, an address
    /// that is none, and a value that is not allowed stop it. When the configuration is reloaded with such, the options
    /// stay as they were, and an error is logged.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The node's name; the options are named so too.</param>
    /// <param name="section">The section.</param>
    /// <returns>
    /// The options' builder. A node takes them by <c>WithP2PNode("lobby", node => node.WithOptions(_ =>
    /// provider.GetRequiredService&lt;IOptionsMonitor&lt;P2PNodeOptions>>().Get("lobby")))</c>.
    /// </returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">The node's options were bound before.</exception>
    public static OptionsBuilder<P2PNodeOptions> AddP2PNodeOptions(
        this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return services.BindNode(name, section);
    }

    /// <summary>Binds them, of a node without a name too.</summary>
    internal static OptionsBuilder<P2PNodeOptions> BindNode(
        this IServiceCollection services, string name, IConfiguration section)
    {
        if (services.Any(added => added.ServiceType == typeof(NodeSettings) && name.Equals(added.ServiceKey)))
        {
            throw new InvalidOperationException(
                $"The options of the node '{name}' were bound before; allowed: one section for each node.");
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
