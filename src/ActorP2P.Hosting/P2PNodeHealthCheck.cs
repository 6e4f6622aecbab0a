using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorP2P.Hosting;

/// <summary>Checks the health of a node. <c>docs/observability.md</c> lists the states.</summary>
/// <param name="find">Returns the node; null as long as it does not exist.</param>
/// <param name="wantedPeers">The number of peers wanted; null: one if the node has bootstrap nodes.</param>
internal sealed class P2PNodeHealthCheck(Func<P2PNode?> find, int? wantedPeers) : IHealthCheck
{
    /// <summary>The description of a node that has not started.</summary>
    internal const string NotStarted = "The node has not started.";

    /// <summary>The description of a node that was stopped.</summary>
    internal const string Stopped = "The node has stopped.";

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    /// <summary>Returns the node's current health.</summary>
    /// <param name="failure">The status that is reported instead of unhealthy.</param>
    public HealthCheckResult Check(HealthStatus failure)
    {
        if (find() is not { HasBegun: true } node)
        {
            return new HealthCheckResult(failure, NotStarted);
        }

        if (node.Completion.IsCompleted)
        {
            Exception? reason = node.Completion.Exception?.InnerException;
            return new HealthCheckResult(failure, reason?.Message ?? Stopped, reason);
        }

        NodeStatistics statistics = node.Statistics;
        int peers = node.Peers.Count;
        int wanted = wantedPeers ?? (node.Settings.Bootstrap.Count > 0 ? 1 : 0);
        Dictionary<string, object> data = new()
        {
            ["listening"] = string.Join(", ", node.ListenAddresses),
            ["peers"] = peers,
            ["peersWanted"] = wanted,
            ["heldBytes"] = statistics.HeldBytes,
            ["memoryBudget"] = statistics.MemoryBudget,
        };
        if (node.Settings.Listen is { } listen && node.ListenAddresses.Count == 0)
        {
            return new HealthCheckResult(failure, $"The node does not listen on {listen}.", data: data);
        }

        if (peers < wanted)
        {
            return HealthCheckResult.Degraded($"The node has {peers} of the {wanted} peers it wants.", data: data);
        }

        // From 7/8 on the node drops broadcasts.
        return statistics.HeldBytes > statistics.MemoryBudget / 8 * 7
            ? HealthCheckResult.Degraded(
                $"The node's memory is short: it holds {statistics.HeldBytes} bytes of {statistics.MemoryBudget}.",
                data: data)
            : HealthCheckResult.Healthy($"The node runs with {peers} peers.", data);
    }
}
