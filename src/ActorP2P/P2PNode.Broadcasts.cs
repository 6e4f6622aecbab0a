using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>
/// What concerns all peers: broadcasts, the application's state, the signed record, settings that change.
/// </content>
public sealed partial class P2PNode
{
    private readonly Lock _broadcastLock = new();
    private ulong _sequence;

    /// <summary>
    /// Sends a message to the whole mesh. It is encoded once, and every node that accepts it relays it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The lane; null: the normal one.</param>
    /// <param name="cancellationToken">Ends the wait; the message may be sent nevertheless.</param>
    /// <returns>
    /// The number of this node's peers that it was handed to. Peers that do not want its type, or do not accept a
    /// message of its length, are not counted.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// An option is not allowed, an expiry is set, the message's type is reserved for the library, or this node handles
    /// only signed broadcasts of the type.
    /// </exception>
    /// <exception cref="SendException">
    /// The node has stopped, or the message with its head of 25 bytes is longer than this node or any of its peers
    /// accepts.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<int> BroadcastAsync(
        IMessage message, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        Broadcast(message, options, isSigned: false, cancellationToken);

    /// <summary>
    /// Sends a message with this node's signature to the whole mesh. Every node that registers the type with
    /// <c>OnSignedBroadcast</c> checks the signature, and knows by it who has written the message and not only who has
    /// relayed it.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The lane; null: the normal one.</param>
    /// <param name="cancellationToken">Ends the wait; the message may be sent nevertheless.</param>
    /// <returns>
    /// The number of this node's peers that it was handed to. Peers that do not want its type, or do not accept a
    /// message of its length, are not counted.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// An option is not allowed, an expiry is set, the message's type is reserved for the library, or this node handles
    /// broadcasts of the type without signatures.
    /// </exception>
    /// <exception cref="InvalidOperationException">The node's identity has no key.</exception>
    /// <exception cref="SendException">
    /// The node has stopped, or the message with its head of 25 bytes and its signature of 136 bytes is longer than
    /// this node or any of its peers accepts.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<int> BroadcastSignedAsync(
        IMessage message, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        Broadcast(message, options, isSigned: true, cancellationToken);

    private async Task<int> Broadcast(
        IMessage message, SendOptions? options, bool isSigned, CancellationToken cancellationToken)
    {
        RequireApplicationMessage(message, nameof(message));
        SendOptions how = (options ?? SendOptions.Default).Validated();
        if (how.Expiry is { } expiry)
        {
            throw new ArgumentException(
                $"{nameof(SendOptions.Expiry)} is {expiry}; a broadcast has none.", nameof(options));
        }

        RequireSameForm(message, isSigned);
        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            throw new SendException(SendResult.NotConnected, "the node has stopped");
        }

        TaskCompletionSource<int> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        GossipMessages.Publish publish = Encode(message, how.Lane, isSigned, promise);
        Activity? span = NodeTraces.BeginBroadcast(Context, message);
        Actors.Broadcaster.Tell(publish with { Trace = NodeTraces.HeadersOf(span) }, ActorRefs.NoSender);
        Task<int> sent = promise.Task.OrCancelled(cancellationToken);
        if (span is not null)
        {
            await NodeTraces.EndWithAsync(span, Context, sent);
        }

        return await sent;
    }

    // Peers would take the message for a forged one, or for one that does not parse.
    private void RequireSameForm(IMessage message, bool isSigned)
    {
        if (Context.Catalog.Broadcasts.TryGetValue(
            message.MessageType, out MessageHandler<BroadcastContext, Verdict>? handler)
            && handler.IsSigned != isSigned)
        {
            throw new ArgumentException(
                $"{nameof(message)} is a {message.GetType().Name}, whose broadcasts this node handles "
                + $"{(handler.IsSigned ? "only with a signature" : "without signatures")}; allowed: "
                + $"{(handler.IsSigned ? nameof(BroadcastSignedAsync) : nameof(BroadcastAsync))}.", nameof(message));
        }
    }

    /// <summary>The longest state, in bytes.</summary>
    public const int MaxStateBytes = HelloCodec.MaxState;

    /// <summary>The application's own state, as peers are told it; empty when it has said none.</summary>
    public ReadOnlyMemory<byte> State => Context.Profile.State;

    /// <summary>
    /// Tells all peers a new state of the application, such as a chain's best height. It is in the hello of every
    /// connection that is made from now on, and every peer that is ready, or becomes ready, is told; each sees it in
    /// <see cref="Peer.State"/> and by <see cref="PeerStateChanged"/>. Of states that follow each other within a second
    /// a peer may see only the last.
    /// </summary>
    /// <param name="state">The state, at most <see cref="MaxStateBytes"/> bytes. It is copied.</param>
    /// <param name="cancellationToken">Ends the wait; the state may be told nevertheless.</param>
    /// <returns>A task that completes when the state has been handed to all connections.</returns>
    /// <exception cref="ArgumentException">The state is too long.</exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task SetStateAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default)
    {
        RequireState(state, nameof(state));
        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            return Task.FromException(new NodeStoppedException("The node has stopped."));
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.SetState(state.ToArray(), done), ActorRefs.NoSender);
        return done.Task.OrCancelled(cancellationToken);
    }

    /// <summary>
    /// Applies settings to the running node. Those of <c>access</c>, <c>broadcasts</c>, <c>max-connections</c>,
    /// <c>max-half-open</c> and <c>request-timeout</c> hold when the task completes; connections that the new rules of
    /// access do not admit are closed (<see cref="DisconnectReason.NotAdmitted"/>), and fewer connections allowed close
    /// none. All others hold only for a node that is started with them.
    /// </summary>
    /// <param name="options">All settings of the node, also those that stay as they are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The keys of the settings that differ from the node's and hold only after a restart, in the order of
    /// <c>reference.conf</c>. Rules about nodes are among them when the node runs without encryption.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The options are not allowed; the message says why. Nothing is changed.
    /// </exception>
    /// <exception cref="NodeStoppedException">The node has stopped.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(
        P2PNodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        options.Validated();
        _ = new ServicePolicy(Context.Catalog, options.Access);
        IReadOnlyList<string> needRestart = SettingChanges.NeedRestart(Context.Asked, options);
        if (Promises.Stopped.IsCompleted)
        {
            throw new NodeStoppedException("The node has stopped.");
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.Apply(options, done), ActorRefs.NoSender);
        await done.Task.OrCancelled(cancellationToken);
        return needRestart;
    }

    /// <summary>Checks that peers accept the length of a state.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    internal static void RequireState(ReadOnlyMemory<byte> state, string name)
    {
        if (state.Length > MaxStateBytes)
        {
            throw new ArgumentException(
                $"{name} is {state.Length} bytes long; allowed: at most {MaxStateBytes} bytes.", name);
        }
    }

    private readonly Lock _recordLock = new();
    private ulong _recordSequence;

    /// <summary>
    /// Makes a record of where this node can be dialled now, signed with its key. It has the addresses that peers are
    /// told and the names of the node's services, as far as they fit. Each record has a higher number than those before
    /// it, also those before a restart, unless the node's clock has gone back.
    /// </summary>
    /// <exception cref="InvalidOperationException">The node's identity has no key.</exception>
    public NodeRecord CreateRecord() =>
        CreateRecord([.. Context.Catalog.ServiceNames.Select(static service => service.Name)]);

    /// <summary>Makes a record that names these services.</summary>
    internal NodeRecord CreateRecord(List<string> services)
    {
        long now = Context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        ulong sequence;
        lock (_recordLock)
        {
            sequence = _recordSequence = Math.Max(_recordSequence + 1, (ulong)Math.Max(0, now));
        }

        return NodeRecord.Create(Context.Signer, new RecordFields
        {
            NetworkId = Settings.NetworkId,
            Sequence = sequence,
            UnixMilliseconds = now,
            Addresses = [.. Context.AnnouncedAddresses.Select(static address => address.WithoutId).Distinct()],
            Services = services,
        });
    }

    /// <summary>Encodes a broadcast, and signs it if it is to be signed.</summary>
    private GossipMessages.Publish Encode(
        IMessage message, Lane lane, bool isSigned, TaskCompletionSource<int> promise)
    {
        if (isSigned)
        {
            // A node without a key fails here, before there is a buffer to release.
            _ = Context.Signer.PublicKey;
        }

        EncodedMessage encoded = PayloadWriter.Encode(
            message, headroom: BroadcastHead.Size + (isSigned ? AuthorBlock.Size : 0));
        if (encoded.Length > Context.Settings.Session.MaxMessage)
        {
            encoded.Buffer.Release();
            throw new SendException(SendResult.TooLong,
                $"with its head it has {encoded.Length} bytes, and the longest message is "
                + $"{Context.Settings.Session.MaxMessage}");
        }

        ulong salt;
        ulong? sequence = null;
        lock (_broadcastLock)
        {
            salt = (ulong)Context.BroadcastSalts.NextInt64();
            sequence = isSigned ? NextSequence() : null;
        }

        Span<byte> payload = encoded.Writable[BroadcastHead.Size..];
        string network = Context.Settings.NetworkId;
        try
        {
            if (sequence is { } number)
            {
                AuthorBlock.Write(Context.Signer, network, encoded.Type, salt, number, payload);
            }
        }
        catch
        {
            encoded.Buffer.Release();
            throw;
        }

        BroadcastId id = BroadcastId.Of(network, encoded.Type, salt, payload);
        new BroadcastHead(id, salt, Hops: 1).Write(encoded.Writable);
        return new GossipMessages.Publish(id, encoded, lane, promise) { Sequence = sequence };
    }

    // The first number of a life is the time of its start in 2^-20 milliseconds. The numbers after a restart are thus
    // higher, without a file that remembers them.
    private ulong NextSequence() =>
        _sequence = Math.Max(_sequence + 1, (ulong)Math.Max(0, Context.StartedAt.ToUnixTimeMilliseconds()) << 20);

    /// <summary>
    /// The last handle of an address needs its connection no more. It is closed, unless something else needs it; the
    /// task completes when it has ended.
    /// </summary>
    internal async Task LetGoAsync(Peer peer)
    {
        Task ended = Context.Closings.WaitAsync(peer);
        TaskCompletionSource<bool> isClosing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Context.Manager.Tell(new ManagerMessages.LetGo(peer, isClosing), ActorRefs.NoSender);
        if (await isClosing.Task.ToldHere())
        {
            await ended.ToldHere();
        }
        else if (peer.IsOver)
        {
            Context.Closings.End(peer);
        }
    }
}
