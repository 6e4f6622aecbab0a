namespace ActorP2P;

/// <content>Lookups in the distributed hash table.</content>
public sealed partial class P2P
{
    /// <summary>
    /// Looks for a node, as <see cref="NodeDiscovery.FindAsync"/> does. The answer is <see cref="FoundNode"/>.
    /// </summary>
    /// <param name="Id">The node.</param>
    public sealed record FindNode(NodeId Id) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) => new FoundNode(Id, await node.FindAsync(Id));
    }

    /// <summary>The lookup of a node has ended.</summary>
    /// <param name="Id">The node.</param>
    /// <param name="Record">Its record; null when no node that was asked knows it.</param>
    public sealed record FoundNode(NodeId Id, NodeRecord? Record);

    /// <summary>
    /// Offers a service, as <see cref="NodeDiscovery.ProvideAsync"/> does. The answer is <see cref="Provided"/>.
    /// </summary>
    /// <param name="Service">The name of the service.</param>
    public sealed record Provide(string Service) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new Provided(Service, await node.ProvideAsync(Service));
    }

    /// <summary>The node offers the service.</summary>
    /// <param name="Service">The name of the service.</param>
    /// <param name="Nodes">How many nodes keep the record.</param>
    public sealed record Provided(string Service, int Nodes);

    /// <summary>
    /// Offers a service no longer, as <see cref="NodeDiscovery.StopProviding"/> does. The answer is
    /// <see cref="ProvidingStopped"/>.
    /// </summary>
    /// <param name="Service">The name of the service.</param>
    public sealed record StopProviding(string Service) : Command
    {
        internal override Task<object> RunAsync(P2PNode node)
        {
            node.StopProviding(Service);
            return Task.FromResult<object>(new ProvidingStopped(Service));
        }
    }

    /// <summary>The node no longer offers the service.</summary>
    /// <param name="Service">The name of the service.</param>
    public sealed record ProvidingStopped(string Service);

    /// <summary>
    /// Looks for the nodes that offer a service, as <see cref="NodeDiscovery.FindProvidersAsync"/> does. The answer is
    /// <see cref="FoundProviders"/>, sent when enough are found or the lookup has ended.
    /// </summary>
    /// <param name="Service">The name of the service.</param>
    /// <param name="Enough">How many nodes are enough, 1 or more.</param>
    public sealed record FindProviders(string Service, int Enough = 20) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(Enough, 1);
            List<NodeRecord> found = [];
            await foreach (NodeRecord provider in node.FindProvidersAsync(Service))
            {
                found.Add(provider);
                if (found.Count == Enough)
                {
                    break;
                }
            }

            return new FoundProviders(Service, found);
        }
    }

    /// <summary>The lookup of providers has ended.</summary>
    /// <param name="Service">The name of the service.</param>
    /// <param name="Providers">The records of the nodes, in the order in which they were found.</param>
    public sealed record FoundProviders(string Service, IReadOnlyList<NodeRecord> Providers);
}
