using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What actors tell a node's manager, and what it answers.</content>
public sealed partial class P2P
{
    /// <summary>
    /// What a node's manager does for actors. It answers the sender, or sends it a <see cref="Status.Failure"/> with
    /// the exception that the method of <see cref="P2PNode"/> would throw.
    /// </summary>
    public abstract record Command
    {
        private protected Command()
        {
        }

        /// <summary>Does it.</summary>
        /// <returns>What is answered.</returns>
        internal abstract Task<object> RunAsync(P2PNode node);
    }

    /// <summary>
    /// Connects to an address, or gives the connection there is. It is answered with <see cref="Connected"/>.
    /// </summary>
    /// <param name="Address">The address to dial; a name stands for all its addresses.</param>
    public sealed record Connect(PeerAddress Address) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) => new Connected(await node.ConnectAsync(Address));
    }

    /// <summary>There is a connection.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Connected(Peer Peer);

    /// <summary>
    /// Closes a connection in order. It is answered with <see cref="Disconnected"/> when the connection has ended.
    /// </summary>
    /// <param name="Peer">The connection to close.</param>
    public sealed record Disconnect(Peer Peer) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            await node.DisconnectAsync(Peer);
            return new Disconnected(Peer);
        }
    }

    /// <summary>The connection has ended.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Disconnected(Peer Peer);

    /// <summary>
    /// Asks a peer. It is answered with the peer's answer itself, of the type that the request names by
    /// <see cref="IRequest{TReply}"/>; for a request that names none, of any type that the node knows.
    /// </summary>
    /// <param name="Peer">The peer to ask.</param>
    /// <param name="Request">
    /// The request: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">Lane, timeout and expiry; null: the defaults.</param>
    public sealed record Ask(Peer Peer, object Request, SendOptions? Options = null) : Command
    {
        internal override Task<object> RunAsync(P2PNode node) => node.AskAnyAsync(Peer, Request, Options);
    }

    /// <summary>
    /// Tells a peer something that needs no answer. When it stands in the peer's send queue it is answered with
    /// <see cref="Told"/>: the sender's backpressure. <c>peer.Ref.Tell</c> needs no answer.
    /// </summary>
    /// <param name="Peer">The peer to tell.</param>
    /// <param name="Message">
    /// The message: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">Lane and expiry; null: the defaults.</param>
    public sealed record Tell(Peer Peer, object Message, SendOptions? Options = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            await node.TellAsync(Peer, Message, Options);
            return new Told(Peer);
        }
    }

    /// <summary>The message stands in the peer's send queue.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Told(Peer Peer);

    /// <summary>
    /// Sends a message to the whole mesh. It is answered with <see cref="BroadcastSent"/>.
    /// </summary>
    /// <param name="Message">
    /// The message: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">The lane; null: the normal one.</param>
    public sealed record Broadcast(object Message, SendOptions? Options = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new BroadcastSent(await node.BroadcastAsync(Message, Options));
    }

    /// <summary>The message was handed to the node's peers.</summary>
    /// <param name="Peers">To how many; those that take no message of its length are not among them.</param>
    public sealed record BroadcastSent(int Peers);

    /// <summary>Asks which peers are ready. It is answered with <see cref="ReadyPeers"/>.</summary>
    public sealed record GetPeers : Command
    {
        private GetPeers()
        {
        }

        /// <summary>The one there is.</summary>
        public static GetPeers Instance { get; } = new();

        internal override Task<object> RunAsync(P2PNode node) => Task.FromResult<object>(new ReadyPeers(node.Peers));
    }

    /// <summary>The peers whose connections are ready, a snapshot.</summary>
    /// <param name="Peers">The peers, the oldest connection first.</param>
    public sealed record ReadyPeers(IReadOnlyList<Peer> Peers);

    /// <summary>Asks for the node itself. It is answered with a <see cref="P2PNode"/>.</summary>
    public sealed record GetNode : Command
    {
        private GetNode()
        {
        }

        /// <summary>The one there is.</summary>
        public static GetNode Instance { get; } = new();

        internal override Task<object> RunAsync(P2PNode node) => Task.FromResult<object>(node);
    }

    /// <summary>
    /// Applies settings to the running node, as <see cref="P2PNode.ApplyAsync"/> does. It is answered with
    /// <see cref="Applied"/>.
    /// </summary>
    /// <param name="Options">All settings of the node.</param>
    public sealed record Apply(P2PNodeOptions Options) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) => new Applied(await node.ApplyAsync(Options));
    }

    /// <summary>The settings hold, as far as they can be changed while the node runs.</summary>
    /// <param name="NeedRestart">The keys of those that differ and hold only after a restart.</param>
    public sealed record Applied(IReadOnlyList<string> NeedRestart);

    /// <summary>
    /// Sends an actor each <see cref="NodeEvent"/> of the node from now on. The sender is answered with
    /// <see cref="Subscribed"/>, also when the actor was subscribed before. A node has at most 1,024 subscribers;
    /// beyond, the answer is a <see cref="Status.Failure"/> with an <see cref="InvalidOperationException"/>. An actor
    /// that ends is subscribed no longer.
    /// </summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Subscribe(IActorRef Subscriber);

    /// <summary>The actor is sent the node's events from now on.</summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Subscribed(IActorRef Subscriber);

    /// <summary>
    /// Sends an actor no more events. The sender is answered with <see cref="Unsubscribed"/>, also when the actor was
    /// not subscribed.
    /// </summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Unsubscribe(IActorRef Subscriber);

    /// <summary>The actor is sent no more events.</summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Unsubscribed(IActorRef Subscriber);
}
