using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorP2P.Hosting;

/// <summary>Adds nodes to the health checks of a host.</summary>
public static class P2PHealthCheckExtensions
{
    /// <summary>
    /// Adds a check of a node: of <c>AddActorP2P</c>, or of <c>WithP2PNode</c> in an actor system of Akka.Hosting. A
    /// node that has not started, does not listen, or has stopped is unhealthy; one with fewer peers than wanted, or
    /// short of memory, is degraded.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="node">The node's name; null: the node of <c>AddActorP2P</c> that has none.</param>
    /// <param name="wantedPeers">
    /// Peers wanted; null: one when the node has others to dial at its start, else none.
    /// </param>
    /// <param name="name">
    /// The check's name; null: <c>actorp2p</c>, or <c>actorp2p.NAME</c> for a node with a name.
    /// </param>
    /// <param name="failureStatus">What stands for unhealthy; null: unhealthy.</param>
    /// <param name="tags">Its tags; null: <c>ready</c> and <c>actorp2p</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer peers than none are wanted.</exception>
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

    /// <summary>A node of an actor system that has started; null when none of the name has.</summary>
    internal static P2PNode? Find(ActorSystem system, string name) =>
        P2P.Get(system).TryGet(name, out P2PNode? node) ? node : null;

    /// <summary>Checks how many peers are wanted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than none.</exception>
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
