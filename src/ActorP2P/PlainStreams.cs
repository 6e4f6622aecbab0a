namespace ActorP2P;

/// <summary>
/// Streams that plain objects open, or that consist of them. The members correspond to those of the same names for
/// types that implement <see cref="IMessage{TSelf}"/>.
/// </summary>
public static class PlainStreams
{
    /// <inheritdoc cref="ProtocolBuilder.OnStream{TRequest}(Func{TRequest, PeerStream, StreamContext, ValueTask})"/>
    public static ProtocolBuilder OnStream<TRequest>(
        this ProtocolBuilder protocol, Func<TRequest, PeerStream, StreamContext, ValueTask> handler)
        where TRequest : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleStream(protocol.Catalog.DecoderOf<TRequest>(), handler);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnStream{TRequest}()"/>
    public static MessageRoute<TRequest, StreamContext> OnStream<TRequest>(this ProtocolBuilder protocol)
        where TRequest : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(route => protocol.Routed(route.Target).OnStream<TRequest>(
            (request, _, context) => route.LendAsync(request, context)));
    }

    /// <inheritdoc cref="ProtocolBuilder.OnRequestMany{TRequest, TItem}"/>
    public static ProtocolBuilder OnRequestMany<TRequest, TItem>(
        this ProtocolBuilder protocol, Func<TRequest, StreamContext, IAsyncEnumerable<TItem>> handler)
        where TRequest : class
        where TItem : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleMany(
            protocol.Catalog.DecoderOf<TRequest>(), protocol.Catalog.DecoderOf<TItem>(), handler);
    }

    /// <inheritdoc cref="NodeStreams.OpenStreamAsync"/>
    public static Task<PeerStream> OpenStreamAsync(
        this P2PNode node, Peer peer, object request, Lane lane = Lane.Bulk,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.OpenStreamAsync(peer, node.MessageOf(request, nameof(request)), lane, cancellationToken);
    }

    /// <inheritdoc cref="NodeStreams.AskManyAsync{TItem}(P2PNode, Peer, IMessage, Lane, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The items' type is not registered.</exception>
    public static IAsyncEnumerable<TItem> AskManyAsync<TItem>(
        this P2PNode node, Peer peer, object request, Lane lane = Lane.Normal,
        CancellationToken cancellationToken = default)
        where TItem : class
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.AskManyAsync<TItem>(
            node.Context.Catalog.DecoderOf<TItem>(), peer, node.MessageOf(request, nameof(request)), lane,
            cancellationToken);
    }
}
