using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <summary>The providers of a configuration.</summary>
internal static class ConfigurationLayers
{
    /// <summary>
    /// The providers, the lowest first, with those of configurations that were added as a whole; none when they are not
    /// known.
    /// </summary>
    public static IEnumerable<IConfigurationProvider> Of(IConfiguration? configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(static provider =>
            provider is ChainedConfigurationProvider chained ? Of(chained.Configuration) : [provider]) ?? [];
}
