using Microsoft.Extensions.Configuration;

namespace ActorP2P.Hosting;

/// <summary>Lists the providers of a configuration.</summary>
internal static class ConfigurationLayers
{
    /// <summary>
    /// The providers in order of precedence, the lowest first. A configuration that was added as a whole is replaced by
    /// its own providers. Empty if the configuration does not expose its providers.
    /// </summary>
    public static IEnumerable<IConfigurationProvider> Of(IConfiguration? configuration) =>
        (configuration as IConfigurationRoot)?.Providers.SelectMany(static provider =>
            provider is ChainedConfigurationProvider chained ? Of(chained.Configuration) : [provider]) ?? [];
}
