namespace ActorP2P;

/// <content>Handles of remote nodes, and lookups of nodes in the distributed hash table.</content>
public sealed partial class P2P
{
    /// <summary>
    /// Makes a handle of a remote node, as <see cref="P2PNode.Peer(PeerAddress, PeerHandleOptions)"/> does. The answer
    /// is <see cref="HandleOpened"/>, sent at once; the handle dials meanwhile.
    /// </summary>
    /// <param name="Address">The address to dial; a name stands for all its addresses.</param>
    /// <param name="Options">How the handle behaves; null: the defaults.</param>
    public sealed record OpenHandle(PeerAddress Address, PeerHandleOptions? Options = null) : Command
    {
        internal override Task<object> RunAsync(P2PNode node) =>
            Task.FromResult<object>(new HandleOpened(node.Peer(Address, Options)));
    }

    /// <summary>The handle exists.</summary>
    /// <param name="Handle">The handle. Its <see cref="PeerHandle.Ref"/> takes messages for the peer.</param>
    public sealed record HandleOpened(PeerHandle Handle);

    /// <summary>
    /// Closes a handle, as <see cref="PeerHandle.DisposeAsync"/> does. The answer is <see cref="HandleClosed"/>, sent
    /// when the connection has ended if this was its last handle.
    /// </summary>
    /// <param name="Handle">The handle.</param>
    public sealed record CloseHandle(PeerHandle Handle) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            ArgumentNullException.ThrowIfNull(Handle);
            await Handle.DisposeAsync();
            return new HandleClosed(Handle);
        }
    }

    /// <summary>The handle is closed.</summary>
    /// <param name="Handle">The handle.</param>
    public sealed record HandleClosed(PeerHandle Handle);

    /// <summary>
    /// Asks the peer of a handle. A request that waits for a connection is sent when there is one, and one that may be
    /// repeated (<see cref="SendOptions.IsIdempotent"/>) again after a lost connection. The answer is the peer's answer
    /// itself, as for <see cref="Ask"/>.
    /// </summary>
    /// <param name="Handle">The handle.</param>
    /// <param name="Request">
    /// The request: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">Lane, timeout, expiry, and whether it may be repeated; null: the defaults.</param>
    public sealed record AskHandle(PeerHandle Handle, object Request, SendOptions? Options = null) : Command
    {
        internal override Task<object> RunAsync(P2PNode node)
        {
            ArgumentNullException.ThrowIfNull(Handle);
            return Handle.AskAny(Request, Options);
        }
    }

    /// <summary>
    /// Sends the peer of a handle a message that needs no answer. The manager answers with <see cref="HandleTold"/>
    /// once the message has been handed to a connection. <c>handle.Ref.Tell</c> sends without such an answer.
    /// </summary>
    /// <param name="Handle">The handle.</param>
    /// <param name="Message">
    /// The message: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">Lane and expiry; null: the defaults.</param>
    public sealed record TellHandle(PeerHandle Handle, object Message, SendOptions? Options = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            ArgumentNullException.ThrowIfNull(Handle);
            await Handle.TellPlain(Message, Options, CancellationToken.None);
            return new HandleTold(Handle);
        }
    }

    /// <summary>The message has been handed to a connection.</summary>
    /// <param name="Handle">The handle.</param>
    public sealed record HandleTold(PeerHandle Handle);

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
