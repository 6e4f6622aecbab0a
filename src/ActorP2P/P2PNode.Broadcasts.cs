using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Broadcasts, with and without this node's signature.</content>
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
}
