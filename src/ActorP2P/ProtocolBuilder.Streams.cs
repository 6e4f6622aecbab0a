namespace ActorP2P;

/// <content>Handlers of streams.</content>
public sealed partial class ProtocolBuilder
{
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
    /// Registers a handler of requests that have many answers of one type. The answers are taken no faster than the
    /// peer takes them; a peer that stops cancels the token.
    /// </summary>
    /// <typeparam name="TRequest">The message type of the request.</typeparam>
    /// <typeparam name="TItem">The message type of the answers.</typeparam>
    /// <param name="handler">
    /// Returns the answers. An exception ends them as it ends a stream (<see cref="OnStream{TRequest}"/>).
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

    internal ProtocolBuilder HandleMany<TRequest, TItem>(
        MessageDecoder request, MessageDecoder item, Func<TRequest, StreamContext, IAsyncEnumerable<TItem>> handler)
        where TItem : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandleStream<TRequest>(request, async (message, stream, context) =>
        {
            CancellationToken token = context.CancellationToken;
            await foreach (TItem answer in handler(message, context).WithCancellation(token))
            {
                if (!await StreamItems.TryWriteAsync(stream, item.MessageOf(answer), token))
                {
                    return;
                }
            }
        });
    }

    internal ProtocolBuilder HandleStream<TRequest>(
        MessageDecoder request, Func<TRequest, PeerStream, StreamContext, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        RequireOwn(request.Type, typeof(TRequest).Name);
        StreamHandler registered = new(
            request, (message, stream, context) => handler((TRequest)message, stream, context));
        if (!Catalog.Streams.TryAdd(request.Type, registered))
        {
            throw new InvalidOperationException($"{typeof(TRequest).Name} has a handler of streams already.");
        }

        Catalog.Serve(request.Type);
        return this;
    }
}
