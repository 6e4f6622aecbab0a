using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorP2P.Hosting;

/// <summary>Adds health checks of nodes to an actor system of Akka.Hosting.</summary>
public static class P2PReadinessExtensions
{
    /// <summary>
    /// Adds a health check of a node. Its states are those of <c>AddHealthChecks().AddActorP2P()</c>. The host must
    /// call <c>services.AddHealthChecks()</c>.
    /// </summary>
    /// <param name="builder">The actor system.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="wantedPeers">
    /// The number of peers wanted; null: one if the node has bootstrap nodes, otherwise none.
    /// </param>
    /// <param name="name">The check's name; null: <c>actorp2p.NAME</c>.</param>
    /// <param name="failureStatus">The status that is reported instead of unhealthy; null: unhealthy.</param>
    /// <param name="tags">The check's tags; null: <c>ready</c> and <c>actorp2p</c>.</param>
    /// <exception cref="ArgumentException">The node's name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of peers wanted is negative.</exception>
    public static AkkaConfigurationBuilder WithP2PReadinessCheck(
        this AkkaConfigurationBuilder builder,
        string node,
        int? wantedPeers = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(node);
        P2PHealthCheckExtensions.RequireWanted(wantedPeers);
        HealthStatus failure = failureStatus ?? HealthStatus.Unhealthy;
        return builder.WithHealthCheck(
            name ?? $"actorp2p.{node}",
            (system, _, _) => Task.FromResult(
                new P2PNodeHealthCheck(() => P2PHealthCheckExtensions.Find(system, node), wantedPeers).Check(failure)),
            failure,
            tags ?? ["ready", "actorp2p"]);
    }
}
