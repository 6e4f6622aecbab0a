using System.Runtime.CompilerServices;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Finds nodes and providers of services by the distributed hash table. The node must take part in it
/// (<see cref="DhtSettings.Enabled"/>).
/// </summary>
public static class NodeDiscovery
{
    /// <summary>
    /// Looks for a node and returns its record, which says where it can be dialled. The record is signed by the node,
    /// so nobody can forge it; it may be out of date.
    /// </summary>
    /// <param name="node">The node that looks.</param>
    /// <param name="id">The node to find.</param>
    /// <param name="progress">Is told how far the lookup has come; null: nobody is.</param>
    /// <param name="cancellationToken">Ends the lookup.</param>
    /// <returns>The record; null when no node that was asked knows the node.</returns>
    /// <exception cref="ArgumentException">The id is that of the node itself.</exception>
    /// <exception cref="InvalidOperationException">The node takes no part in the distributed hash table.</exception>
    /// <exception cref="DhtException">The lookup failed; the exception says why.</exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<NodeRecord?> FindAsync(
        this P2PNode node, NodeId id, IProgress<DhtProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireDht(node);
        cancellationToken.ThrowIfCancellationRequested();
        if (id == node.Id)
        {
            throw new ArgumentException(
                $"{nameof(id)} is {id.ToShortString()}, the node itself; allowed: other nodes.", nameof(id));
        }

        FindJob job = new(id, progress is null ? null : new ProgressTeller(node.Context, progress));
        Tell(node, new DhtMessages.Begin(job));
        try
        {
            return await job.Found.OrCancelled(cancellationToken);
        }
        finally
        {
            Tell(node, new DhtMessages.Cancel(job));
        }
    }

    /// <summary>
    /// Offers a service: the nodes closest to the key of the service keep a record of this node that names the service.
    /// The node renews the records every 20 minutes until <see cref="StopProviding"/> or until it stops.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="service">
    /// The name of the service: any text of 1 to 64 bytes of UTF-8, for instance that of a chat room. Other nodes see
    /// it. A node offers at most 16.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the node offers the service nevertheless.</param>
    /// <returns>
    /// How many nodes keep the record; 0 when there is none yet, or when nobody can dial this node. The node goes on
    /// trying.
    /// </returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The node takes no part in the distributed hash table.</exception>
    /// <exception cref="DhtException">The service cannot be offered; the exception says why.</exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<int> ProvideAsync(
        this P2PNode node, string service, CancellationToken cancellationToken = default)
    {
        RequireDht(node);
        RequireService(service);
        cancellationToken.ThrowIfCancellationRequested();
        DhtMessages.Provide provide = new(service);
        Tell(node, provide);
        Task<int> told = await provide.Told.Task.OrCancelled(cancellationToken);
        return await told.OrCancelled(cancellationToken);
    }

    /// <summary>
    /// Offers a service no longer. Other nodes forget it within an hour.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="service">The name of the service.</param>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The node takes no part in the distributed hash table.</exception>
    public static void StopProviding(this P2PNode node, string service)
    {
        RequireDht(node);
        RequireService(service);
        Tell(node, new DhtMessages.StopProviding(service));
    }

    /// <summary>
    /// Looks for the nodes that offer a service, in the order in which they are found:
    /// <c>await foreach (NodeRecord provider in node.FindProvidersAsync("chess"))</c>. Each node comes once. Leaving
    /// the loop ends the lookup.
    /// </summary>
    /// <param name="node">The node that looks.</param>
    /// <param name="service">The name of the service.</param>
    /// <param name="cancellationToken">Ends the lookup.</param>
    /// <returns>
    /// The records of the nodes, each signed by its node. Nothing is asked before they are enumerated.
    /// </returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="InvalidOperationException">The node takes no part in the distributed hash table.</exception>
    /// <exception cref="DhtException">While enumerated: the lookup failed; the exception says why.</exception>
    /// <exception cref="NodeStoppedException">While enumerated: the node has stopped.</exception>
    /// <exception cref="OperationCanceledException">While enumerated: cancelled.</exception>
    public static IAsyncEnumerable<NodeRecord> FindProvidersAsync(
        this P2PNode node, string service, CancellationToken cancellationToken = default)
    {
        RequireDht(node);
        RequireService(service);
        return EnumerateAsync(node, service, cancellationToken);
    }

    /// <summary>Figures of the node in the distributed hash table.</summary>
    /// <param name="node">The node.</param>
    /// <exception cref="InvalidOperationException">The node takes no part in the distributed hash table.</exception>
    public static DhtStatistics GetDhtStatistics(this P2PNode node)
    {
        DhtState state = RequireDht(node);
        return state.Figures with
        {
            Faults = Enum.GetValues<DhtFault>().Where(fault => state.Faults[fault] > 0)
                .ToDictionary(static fault => fault, fault => state.Faults[fault]),
        };
    }

    private static async IAsyncEnumerable<NodeRecord> EnumerateAsync(
        P2PNode node, string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ProvidersJob job = new(node.Settings.NetworkId, service);
        Tell(node, new DhtMessages.Begin(job));
        try
        {
            while (await job.NextAsync(cancellationToken) is { } provider)
            {
                yield return provider;
            }
        }
        finally
        {
            Tell(node, new DhtMessages.Cancel(job));
        }
    }

    private static DhtState RequireDht(P2PNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Context.Dht ?? throw new InvalidOperationException(
            $"The node takes no part in the distributed hash table; set {nameof(P2PNodeOptions.Dht)}."
            + $"{nameof(DhtSettings.Enabled)}.");
    }

    private static void RequireService(string service) =>
        HelloText.Require(service, 1, DhtLimits.MaxService, nameof(service));

    private static void Tell(P2PNode node, object message)
    {
        if (node.IsOver)
        {
            (message as IUndeliverable)?.OnUndelivered();
        }
        else
        {
            node.Context.Actors!.Dht.Tell(message, ActorRefs.NoSender);
        }
    }
}
