using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>What actors tell a node's manager, and what it answers.</content>
public sealed partial class P2P
{
    /// <summary>
    /// What a node's manager does for actors. It sends the sender an answer, or a <see cref="Status.Failure"/> with the
    /// exception that the corresponding method of <see cref="P2PNode"/> throws.
    /// </summary>
    public abstract record Command
    {
        private protected Command()
        {
        }

        /// <summary>Runs the command.</summary>
        /// <returns>The answer to the sender.</returns>
        internal abstract Task<object> RunAsync(P2PNode node);
    }

    /// <summary>
    /// Connects to an address, or returns an existing connection. The answer is <see cref="Connected"/>.
    /// </summary>
    /// <param name="Address">The address to dial; a name stands for all its addresses.</param>
    public sealed record Connect(PeerAddress Address) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) => new Connected(await node.ConnectAsync(Address));
    }

    /// <summary>The connection exists.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Connected(Peer Peer);

    /// <summary>
    /// Closes a connection with a goodbye. The answer is <see cref="Disconnected"/>, sent when the connection has
    /// ended.
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
    /// Asks a peer. The answer is the peer's answer itself. Its type is the one that the request names by
    /// <see cref="IRequest{TReply}"/>; if the request names none, it is any type that the node knows.
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
    /// Sends a peer a message that needs no answer. The manager answers with <see cref="Told"/> once the message is in
    /// the peer's send queue, so a sender that awaits it feels backpressure. <c>peer.Ref.Tell</c> sends without such an
    /// answer.
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

    /// <summary>The message is in the peer's send queue.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record Told(Peer Peer);

    /// <summary>Sends a message to the whole mesh. The answer is <see cref="BroadcastSent"/>.</summary>
    /// <param name="Message">
    /// The message: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">The lane; null: the normal one.</param>
    public sealed record Broadcast(object Message, SendOptions? Options = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new BroadcastSent(await node.BroadcastAsync(Message, Options));
    }

    /// <summary>
    /// Sends a message with this node's signature to the whole mesh. The answer is <see cref="BroadcastSent"/>.
    /// </summary>
    /// <param name="Message">
    /// The message: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Options">The lane; null: the normal one.</param>
    public sealed record BroadcastSigned(object Message, SendOptions? Options = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new BroadcastSent(await node.BroadcastSignedAsync(Message, Options));
    }

    /// <summary>The message was handed to the node's peers.</summary>
    /// <param name="Peers">
    /// The number of peers it was handed to. Peers that do not accept a message of its length are not counted.
    /// </param>
    public sealed record BroadcastSent(int Peers);

    /// <summary>
    /// Tells all peers a new state of the application, as <see cref="P2PNode.SetStateAsync"/> does. The answer is
    /// <see cref="StateSet"/>.
    /// </summary>
    /// <param name="State">The state, at most <see cref="P2PNode.MaxStateBytes"/> bytes.</param>
    public sealed record SetState(ReadOnlyMemory<byte> State) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            await node.SetStateAsync(State);
            return StateSet.Instance;
        }
    }

    /// <summary>The state has been handed to all connections.</summary>
    public sealed record StateSet
    {
        private StateSet()
        {
        }

        /// <summary>The only instance.</summary>
        public static StateSet Instance { get; } = new();
    }

    /// <summary>
    /// Logs in to a peer, as <see cref="NodeLogins.LoginAsync"/> does. The answer is <see cref="LoggedIn"/>.
    /// </summary>
    /// <param name="Peer">The peer to log in to.</param>
    /// <param name="CookieFile">The path of the peer's cookie file.</param>
    public sealed record Login(Peer Peer, string CookieFile) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node)
        {
            await node.LoginAsync(Peer, CookieFile);
            return new LoggedIn(Peer);
        }
    }

    /// <summary>The peer has accepted the login, for as long as the connection lasts.</summary>
    /// <param name="Peer">The peer.</param>
    public sealed record LoggedIn(Peer Peer);

    /// <summary>
    /// Opens a stream to a peer, as <see cref="NodeStreams.OpenStreamAsync"/> does. The answer is
    /// <see cref="StreamOpened"/>.
    /// </summary>
    /// <param name="Peer">The peer.</param>
    /// <param name="Request">
    /// What the stream is for: an <see cref="IMessage"/>, or a plain object whose type is registered.
    /// </param>
    /// <param name="Lane">The lane of the stream's bytes in both directions.</param>
    public sealed record OpenStream(Peer Peer, object Request, Lane Lane = Lane.Bulk) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new StreamOpened(await node.OpenStreamAsync(Peer, Request, Lane));
    }

    /// <summary>The stream is open.</summary>
    /// <param name="Stream">The stream. The actor disposes it, also when it ends before it has used it.</param>
    public sealed record StreamOpened(PeerStream Stream);

    /// <summary>
    /// Sends a file to a peer, as <see cref="NodeStreams.SendFileAsync"/> does. The answer is <see cref="FileSent"/>.
    /// </summary>
    /// <param name="Peer">The peer, which must receive files.</param>
    /// <param name="Path">The file.</param>
    /// <param name="Name">The name that the peer is told; null: that of the file.</param>
    public sealed record SendFile(Peer Peer, string Path, string? Name = null) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) => await node.SendFileAsync(Peer, Path, Name);
    }

    /// <summary>
    /// A peer has opened a stream that is routed to this actor (<see cref="ProtocolBuilder.OnStream{TRequest}()"/>).
    /// </summary>
    /// <param name="Request">What the stream is for.</param>
    /// <param name="Stream">The stream. It belongs to the actor until the actor answers.</param>
    public sealed record StreamReceived(object Request, PeerStream Stream);

    /// <summary>
    /// An actor's answer to <see cref="StreamReceived"/>: it needs the stream no more. What it has written is still
    /// sent, and what it has not read is dropped.
    /// </summary>
    public sealed record StreamHandled
    {
        private StreamHandled()
        {
        }

        /// <summary>The only instance.</summary>
        public static StreamHandled Instance { get; } = new();
    }

    /// <summary>Asks which peers are ready. The answer is <see cref="ReadyPeers"/>.</summary>
    public sealed record GetPeers : Command
    {
        private GetPeers()
        {
        }

        /// <summary>The only instance.</summary>
        public static GetPeers Instance { get; } = new();

        internal override Task<object> RunAsync(P2PNode node) => Task.FromResult<object>(new ReadyPeers(node.Peers));
    }

    /// <summary>The peers whose connections are ready, a snapshot.</summary>
    /// <param name="Peers">The peers, the oldest connection first.</param>
    public sealed record ReadyPeers(IReadOnlyList<Peer> Peers);

    /// <summary>Asks for the node itself. The answer is a <see cref="P2PNode"/>.</summary>
    public sealed record GetNode : Command
    {
        private GetNode()
        {
        }

        /// <summary>The only instance.</summary>
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
    /// Sends each later <see cref="NodeEvent"/> of the node to an actor. The answer is <see cref="Subscribed"/>, even
    /// if the actor was subscribed before. A node has at most 1,024 subscribers; the answer to a further subscription
    /// is a <see cref="Status.Failure"/> with an <see cref="InvalidOperationException"/>. When the actor ends, its
    /// subscription ends.
    /// </summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Subscribe(IActorRef Subscriber);

    /// <summary>The actor receives the node's events from now on.</summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Subscribed(IActorRef Subscriber);

    /// <summary>
    /// Stops sending events to an actor. The answer is <see cref="Unsubscribed"/>, even if the actor was not
    /// subscribed.
    /// </summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Unsubscribe(IActorRef Subscriber);

    /// <summary>The actor receives no more events.</summary>
    /// <param name="Subscriber">The actor.</param>
    public sealed record Unsubscribed(IActorRef Subscriber);

    /// <summary>
    /// Bans a node, an address, a network or a name, as <see cref="NodeBans.BanAsync"/> does. The answer is
    /// <see cref="Banned"/>.
    /// </summary>
    /// <param name="Target">Whom to ban.</param>
    /// <param name="Duration">How long, from now on.</param>
    /// <param name="Reason">Why, for people.</param>
    public sealed record Ban(BanTarget Target, TimeSpan Duration, string Reason = "") : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new Banned(await node.BanAsync(Target, Duration, Reason));
    }

    /// <summary>The ban holds, and the node's store has it if there is one.</summary>
    /// <param name="Ban">The ban.</param>
    public sealed record Banned(ActorP2P.Ban Ban);

    /// <summary>
    /// Lifts a ban, as <see cref="NodeBans.LiftBanAsync"/> does. The answer is <see cref="Unbanned"/>.
    /// </summary>
    /// <param name="Target">Whom the ban concerns.</param>
    public sealed record Unban(BanTarget Target) : Command
    {
        internal override async Task<object> RunAsync(P2PNode node) =>
            new Unbanned(Target, await node.LiftBanAsync(Target));
    }

    /// <summary>There is no ban of the target now.</summary>
    /// <param name="Target">Whom the ban concerned.</param>
    /// <param name="WasBanned">Whether there was one.</param>
    public sealed record Unbanned(BanTarget Target, bool WasBanned);

    /// <summary>Asks who is banned. The answer is <see cref="CurrentBans"/>.</summary>
    public sealed record GetBans : Command
    {
        private GetBans()
        {
        }

        /// <summary>The only instance.</summary>
        public static GetBans Instance { get; } = new();

        internal override Task<object> RunAsync(P2PNode node) => Task.FromResult<object>(new CurrentBans(node.Bans));
    }

    /// <summary>The bans, a snapshot.</summary>
    /// <param name="Bans">The bans, the next to end first.</param>
    public sealed record CurrentBans(IReadOnlyList<ActorP2P.Ban> Bans);
}
