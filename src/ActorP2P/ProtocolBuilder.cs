using System.Text.Json.Serialization.Metadata;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Defines what a node does with its peers' messages. Handlers run outside of the connection's own turn: a slow handler
/// delays only later messages of the same peer, and a slow asynchronous handler does not even delay those.
/// </summary>
public sealed partial class ProtocolBuilder
{
    private readonly ServiceName? _service;

    internal ProtocolBuilder()
        : this(new MessageCatalog(), null)
    {
    }

    /// <summary>Makes a builder that registers in a catalog.</summary>
    internal ProtocolBuilder(MessageCatalog catalog)
        : this(catalog, null)
    {
    }

    private ProtocolBuilder(MessageCatalog catalog, ServiceName? service)
    {
        Catalog = catalog;
        _service = service;
    }

    internal MessageCatalog Catalog { get; }

    /// <summary>
    /// Registers a type of plain objects as messages in JSON, with metadata from the source generator of
    /// System.Text.Json: <c>protocol.UseJson(0x0101, ChatJson.Default.Say)</c>. Nesting is read to a depth of 64, or
    /// less if the metadata's options limit it. A peer is charged for a message that is nested deeper, is longer, or is
    /// not well formed.
    /// </summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="code">
    /// The type on the wire, 0x0100 or higher: the high byte is the service that the message belongs to, the low byte
    /// the message within it.
    /// </param>
    /// <param name="typeInfo">The metadata of the type.</param>
    /// <param name="maxBytes">
    /// The longest message in bytes, read or written; an object takes several times as much memory.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The code is below 0x0100, or the length below 1.</exception>
    /// <exception cref="InvalidOperationException">The code or the type is registered already.</exception>
    public ProtocolBuilder UseJson<T>(ushort code, JsonTypeInfo<T> typeInfo, int maxBytes = 1024 * 1024)
        where T : class => UseCodec(new JsonCodec<T>(code, typeInfo, maxBytes));

    /// <summary>
    /// Registers a message type without a handler, so that actors can receive it as an answer when they ask a peer.
    /// <see cref="P2PNode.AskAsync{TReply}(Peer, IMessage, SendOptions, CancellationToken)"/> does not need this.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <exception cref="InvalidOperationException">
    /// Another message has the same code, or the code is reserved for the library.
    /// </exception>
    public ProtocolBuilder UseMessage<T>()
        where T : class, IMessage<T>
    {
        Catalog.Know<T>();
        return this;
    }

    /// <summary>Registers a type of plain objects as messages that a codec writes and reads.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="codec">Writes and reads the objects.</param>
    /// <exception cref="InvalidOperationException">The code or the type is registered already.</exception>
    public ProtocolBuilder UseCodec<T>(MessageCodec<T> codec)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(codec);
        Catalog.Know(codec);
        return this;
    }

    /// <summary>Registers a synchronous handler of requests.</summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="handler">Returns the answer.</param>
    /// <param name="execution">Where the handler runs.</param>
    /// <exception cref="InvalidOperationException">
    /// The request has a handler already, belongs to another service, or names another answer.
    /// </exception>
    public ProtocolBuilder OnRequest<TRequest, TReply>(
        Func<TRequest, RequestContext, TReply> handler, HandlerExecution execution = HandlerExecution.Queued)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        RequireReply<TRequest, TReply>();
        return HandleRequest(Catalog.Know<TRequest>(), Catalog.Know<TReply>(), handler, execution);
    }

    /// <summary>
    /// Registers an asynchronous handler of requests. While one call is awaited, the handler of the same peer's next
    /// message begins.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <param name="handler">Returns the answer.</param>
    /// <exception cref="InvalidOperationException">
    /// The request has a handler already, belongs to another service, or names another answer.
    /// </exception>
    public ProtocolBuilder OnRequest<TRequest, TReply>(Func<TRequest, RequestContext, ValueTask<TReply>> handler)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        RequireReply<TRequest, TReply>();
        return HandleRequest(Catalog.Know<TRequest>(), Catalog.Know<TReply>(), handler);
    }

    /// <summary>Registers a synchronous handler of notifies.</summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="handler">Handles the message.</param>
    /// <param name="execution">Where the handler runs.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnNotify<T>(
        Action<T, NotifyContext> handler, HandlerExecution execution = HandlerExecution.Queued)
        where T : class, IMessage<T> => HandleNotify(Catalog.Know<T>(), handler, execution);

    /// <summary>
    /// Registers an asynchronous handler of notifies. While one call is awaited, the handler of the same peer's next
    /// message begins.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="handler">Handles the message.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnNotify<T>(Func<T, NotifyContext, ValueTask> handler)
        where T : class, IMessage<T> => HandleNotify(Catalog.Know<T>(), handler);

    /// <summary>
    /// Registers a handler that gets the bytes of notifies in place and runs inline. This is the fastest way to receive
    /// a message; the handler must be short and must not block. See <see cref="RawNotifyHandler"/>.
    /// </summary>
    /// <param name="type">The message type; codes below 0x0100 are reserved for the library.</param>
    /// <param name="handler">Handles the bytes.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or it is reserved for the library.
    /// </exception>
    public ProtocolBuilder OnNotify(ushort type, RawNotifyHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MessageCatalog.RequireApplicationType(type, $"type {type:x4}");
        RequireOwn(type, $"type {type:x4}");
        if (Catalog.Notifies.ContainsKey(type) || !Catalog.RawNotifies.TryAdd(type, handler))
        {
            throw new InvalidOperationException($"The type {type:x4} has a handler already.");
        }

        Catalog.Serve(type);
        return this;
    }

    /// <summary>Registers a synchronous handler that judges broadcasts. Accepted broadcasts are relayed.</summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="handler">Returns the verdict.</param>
    /// <param name="execution">
    /// Where it runs. An inline handler runs in a turn of the node's Broadcaster, through which all broadcasts pass.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnBroadcast<T>(
        Func<T, BroadcastContext, Verdict> handler, HandlerExecution execution = HandlerExecution.Queued)
        where T : class, IMessage<T> => HandleBroadcast(Catalog.Know<T>(), handler, execution);

    /// <summary>Registers an asynchronous handler that judges broadcasts. Accepted broadcasts are relayed.</summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="handler">Returns the verdict.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnBroadcast<T>(Func<T, BroadcastContext, ValueTask<Verdict>> handler)
        where T : class, IMessage<T> => HandleBroadcast(Catalog.Know<T>(), handler);

    /// <summary>
    /// Registers a synchronous handler that judges broadcasts which carry their author's signature: the handler is
    /// called only when <see cref="BroadcastContext.Author"/> has signed the message. All nodes of a network must
    /// register a type as signed, or none.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <param name="handler">Returns the verdict.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnSignedBroadcast<T>(Func<T, BroadcastContext, Verdict> handler)
        where T : class, IMessage<T> => HandleSignedBroadcast(Catalog.Know<T>(), handler);

    /// <summary>
    /// Registers an asynchronous handler that judges broadcasts which carry their author's signature.
    /// </summary>
    /// <inheritdoc cref="OnSignedBroadcast{T}(Func{T, BroadcastContext, Verdict})"/>
    public ProtocolBuilder OnSignedBroadcast<T>(Func<T, BroadcastContext, ValueTask<Verdict>> handler)
        where T : class, IMessage<T> => HandleBroadcast(Catalog.Know<T>(), handler, isSigned: true);

    /// <summary>
    /// Registers a handler that judges broadcasts of a type by their bytes. See <see cref="RawBroadcastHandler"/>.
    /// </summary>
    /// <param name="type">The message type; codes below 0x0100 are reserved for the library.</param>
    /// <param name="handler">Returns the verdict.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler already, belongs to another service, or is reserved for the library.
    /// </exception>
    public ProtocolBuilder OnBroadcast(ushort type, RawBroadcastHandler handler) =>
        HandleRawBroadcast(type, handler, isSigned: false);

    /// <summary>
    /// Registers a handler that judges broadcasts of a type, which carry their author's signature, by their bytes.
    /// </summary>
    /// <inheritdoc cref="OnBroadcast(ushort, RawBroadcastHandler)"/>
    public ProtocolBuilder OnSignedBroadcast(ushort type, RawBroadcastHandler handler) =>
        HandleRawBroadcast(type, handler, isSigned: true);

    /// <summary>
    /// Routes requests to an actor of the host. The actor receives the request, and the message that it sends to its
    /// sender is the answer. A <see cref="Status.Failure"/> with a <see cref="RequestRefusedException"/> refuses the
    /// request.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <typeparam name="TReply">The message type of the answer.</typeparam>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public MessageRoute<TRequest, RequestContext> OnRequest<TRequest, TReply>()
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
            new(route => Routed(route.Target).OnRequest<TRequest, TReply>(route.AskAsync<TReply>));

    /// <summary>
    /// Routes notifies to an actor of the host. The sender of the message is the peer's <see cref="Peer.Ref"/>. The
    /// peer gets its credit back only when the actor has taken the message from its mailbox.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public MessageRoute<T, NotifyContext> OnNotify<T>()
        where T : class, IMessage<T> => new(route => Routed(route.Target).OnNotify<T>(route.TellAsync));

    /// <summary>
    /// Routes broadcasts to an actor of the host, which judges them. The actor receives the message and sends a
    /// <see cref="Verdict"/> to its sender. If the route fails, the verdict is <see cref="Verdict.Ignore"/>.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public MessageRoute<T, BroadcastContext> OnBroadcast<T>()
        where T : class, IMessage<T> => new(route => Routed(route.Target).OnBroadcast<T>(route.AskAsync<Verdict>));

    /// <summary>
    /// Routes broadcasts that carry their author's signature to an actor of the host, which judges them as in
    /// <see cref="OnBroadcast{T}()"/>. <c>.As((message, context) => ...)</c> tells it the author.
    /// </summary>
    /// <typeparam name="T">The message type.</typeparam>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public MessageRoute<T, BroadcastContext> OnSignedBroadcast<T>()
        where T : class, IMessage<T> =>
        new(route => Routed(route.Target).OnSignedBroadcast<T>(route.AskAsync<Verdict>));

    /// <summary>
    /// Registers a handler of the streams that peers open with a request of this type. When it returns, this side's
    /// direction is ended and the rest of the peer's bytes is dropped. A <see cref="RequestRefusedException"/> resets
    /// the stream with its code, another exception with <see cref="RequestErrorCode.HandlerFailed"/>.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <param name="handler">Reads and writes the stream. It is not disposed by the handler.</param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler of streams already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnStream<TRequest>(Func<TRequest, PeerStream, StreamContext, ValueTask> handler)
        where TRequest : class, IMessage<TRequest> => HandleStream(Catalog.Know<TRequest>(), handler);

    /// <summary>
    /// Routes the streams that peers open with a request of this type to an actor of the host. The actor receives a
    /// <see cref="P2P.StreamReceived"/>, and sends a <see cref="P2P.StreamHandled"/> to its sender when it needs the
    /// stream no more, which ends this side's direction. A <see cref="Status.Failure"/>, or the end of the actor,
    /// resets the stream.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public MessageRoute<TRequest, StreamContext> OnStream<TRequest>()
        where TRequest : class, IMessage<TRequest> =>
        new(route => Routed(route.Target).OnStream<TRequest>(
            (request, _, context) => route.LendAsync(request, context)));

    /// <summary>
    /// Registers a handler of requests that have many answers of one type. The answers are taken no faster than the
    /// peer takes them; a peer that stops cancels the token.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <typeparam name="TItem">The message type of the answers.</typeparam>
    /// <param name="handler">
    /// Returns the answers. An exception ends them as it ends a stream
    /// (<see cref="OnStream{TRequest}(Func{TRequest, PeerStream, StreamContext, ValueTask})"/>).
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The type has a handler of streams already, or belongs to another service.
    /// </exception>
    public ProtocolBuilder OnRequestMany<TRequest, TItem>(
        Func<TRequest, StreamContext, IAsyncEnumerable<TItem>> handler)
        where TRequest : class, IMessage<TRequest>
        where TItem : class, IMessage<TItem> => HandleMany(Catalog.Know<TRequest>(), Catalog.Know<TItem>(), handler);

    /// <summary>Receives files of peers into a folder, under the names that the peers give them.</summary>
    /// <param name="folder">The folder, which must exist. A file of the same name is replaced.</param>
    /// <param name="progress">Is told of bytes that have arrived, and of complete files; null: nobody.</param>
    /// <exception cref="InvalidOperationException">Files are received already.</exception>
    public ProtocolBuilder OnFile(string folder, IProgress<FileProgress>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return OnFile((offer, _) => Path.Combine(folder, offer.Name), progress);
    }

    /// <summary>
    /// Receives files of peers. Until a file is complete and its hash is right, its name ends with <c>.part</c>. Such a
    /// part stays when the connection ends, and is continued the next time.
    /// </summary>
    /// <param name="choose">Chooses the path for an offered file; null refuses it.</param>
    /// <param name="progress">Is told of bytes that have arrived, and of complete files; null: nobody.</param>
    /// <exception cref="InvalidOperationException">Files are received already.</exception>
    public ProtocolBuilder OnFile(
        Func<FileOffer, StreamContext, string?> choose, IProgress<FileProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return HandleStream<FileOffer>(
            MessageDecoder<FileOffer>.Instance, new FileReceiver(choose, progress).ReceiveAsync);
    }
}
