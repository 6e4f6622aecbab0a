using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting;

/// <summary>
/// Creates a node's options from its section of the host's configuration. The registered configuration and validation
/// of options runs afterwards.
/// </summary>
internal sealed class P2PNodeOptionsFactory(
    IServiceProvider provider,
    IEnumerable<IConfigureOptions<P2PNodeOptions>> setups,
    IEnumerable<IPostConfigureOptions<P2PNodeOptions>> postConfigures,
    IEnumerable<IValidateOptions<P2PNodeOptions>> validations)
    : OptionsFactory<P2PNodeOptions>(setups, postConfigures, validations)
{
    /// <inheritdoc/>
    protected override P2PNodeOptions CreateInstance(string name) =>
        provider.GetKeyedService<NodeSettings>(name)?.Current ?? new P2PNodeOptions();
}
