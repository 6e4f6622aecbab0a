using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorP2P.Hosting;

/// <summary>How a node is. <c>docs/observability.md</c> lists the states.</summary>
/// <param name="find">Gives the node; null while there is none.</param>
/// <param name="wantedPeers">Peers wanted; null: one when the node has others to dial at its start, else none.</param>
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

    /// <summary>How it is now.</summary>
    /// <param name="failure">What stands for unhealthy.</param>
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

        // From here on large messages and broadcasts begin to be refused.
        return statistics.HeldBytes > statistics.MemoryBudget / 8 * 7
            ? HealthCheckResult.Degraded(
                $"The node's memory is short: it holds {statistics.HeldBytes} bytes of {statistics.MemoryBudget}.", data: data)
            : HealthCheckResult.Healthy($"The node runs with {peers} peers.", data);
    }
}
