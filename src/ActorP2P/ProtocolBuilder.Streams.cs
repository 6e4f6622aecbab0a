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
