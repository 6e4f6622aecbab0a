using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorP2P.Hosting;

/// <summary>Starts and stops a node with a host that has no actor system.</summary>
/// <param name="name">The node's name; empty if it has none.</param>
/// <param name="builder">The program's configuration of the node.</param>
/// <param name="provider">The host's services.</param>
internal sealed class HostedNode(string name, P2PNodeBuilder builder, IServiceProvider provider)
    : IHostedService, IDisposable
{
    private IDisposable? _following;

    /// <summary>The node; it exists before it is started.</summary>
    public P2PNode Node { get; } = new();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IOptionsMonitor<P2PNodeOptions> options = provider.GetRequiredService<IOptionsMonitor<P2PNodeOptions>>();
        SettingsFollower follower = new(Node, name, builder, HostingLog.For(provider));
        _following = options.OnChange((settings, changed) => _ = changed == name ? follower.TakeAsync(settings) : null);
        await builder.StartAsync(
            Node,
            options.Get(name),
            new P2PNodeServices
            {
                LoggerFactory = provider.GetService<ILoggerFactory>(),
                Name = name.Length == 0 ? null : name,
            },
            provider,
            cancellationToken);

        // Settings that changed during the start are applied now.
        await follower.TakeAsync(options.Get(name));
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Node.DisposeAsync().AsTask().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (HostingLog.For(provider) is { } logger)
            {
                HostingLog.NotStoppedInTime(logger, name);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _following?.Dispose();
}
