using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorP2P.Hosting;

/// <summary>Adds health checks of nodes to a host.</summary>
public static class P2PHealthCheckExtensions
{
    /// <summary>
    /// Adds a health check of a node that was added by <c>AddActorP2P</c> or <c>WithP2PNode</c>. A node that has not
    /// started, does not listen, or has stopped is unhealthy. A node that has fewer peers than wanted or is short of
    /// memory is degraded.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="node">The node's name; null: the node that <c>AddActorP2P</c> added without a name.</param>
    /// <param name="wantedPeers">
    /// The number of peers wanted; null: one if the node has bootstrap nodes, otherwise none.
    /// </param>
    /// <param name="name">
    /// The check's name; null: <c>actorp2p</c>, or <c>actorp2p.NAME</c> for a node with a name.
    /// </param>
    /// <param name="failureStatus">The status that is reported instead of unhealthy; null: unhealthy.</param>
    /// <param name="tags">The check's tags; null: <c>ready</c> and <c>actorp2p</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of peers wanted is negative.</exception>
    public static IHealthChecksBuilder AddActorP2P(
        this IHealthChecksBuilder builder,
        string? node = null,
        int? wantedPeers = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireWanted(wantedPeers);
        return builder.Add(new HealthCheckRegistration(
            name ?? (node is null ? "actorp2p" : $"actorp2p.{node}"),
            provider => new P2PNodeHealthCheck(Finder(provider, node ?? ""), wantedPeers),
            failureStatus,
            tags ?? ["ready", "actorp2p"]));
    }

    /// <summary>Returns a started node of an actor system; null if there is none of that name.</summary>
    internal static P2PNode? Find(ActorSystem system, string name) =>
        P2P.Get(system).TryGet(name, out P2PNode? node) ? node : null;

    /// <summary>Checks the number of peers wanted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    internal static void RequireWanted(int? wantedPeers)
    {
        if (wantedPeers < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(wantedPeers), wantedPeers, $"{nameof(wantedPeers)} is {wantedPeers}; allowed: 0 or more.");
        }
    }

    private static Func<P2PNode?> Finder(IServiceProvider provider, string name)
    {
        if (provider.GetKeyedService<HostedNode>(name) is { } hosted)
        {
            return () => hosted.Node;
        }

        ActorSystem system = provider.GetService<ActorSystem>() ?? throw new InvalidOperationException(
            $"No node '{name}' was added to this host, with AddActorP2P or WithP2PNode.");
        return () => Find(system, name);
    }
}
