namespace ActorP2P;

/// <summary>
/// Handlers and send methods for plain objects whose types are registered by <see cref="ProtocolBuilder.UseJson"/> or
/// <see cref="ProtocolBuilder.UseCodec"/>. They correspond to the members of the same names for types that implement
/// <see cref="IMessage{TSelf}"/>.
/// </summary>
public static class PlainMessages
{
    /// <inheritdoc cref="ProtocolBuilder.OnRequest{TRequest, TReply}(
    /// Func{TRequest, RequestContext, TReply}, HandlerExecution)"/>
    public static ProtocolBuilder OnRequest<TRequest, TReply>(
        this ProtocolBuilder protocol, Func<TRequest, RequestContext, TReply> handler,
        HandlerExecution execution = HandlerExecution.Queued)
        where TRequest : class
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleRequest(
            protocol.Catalog.DecoderOf<TRequest>(), protocol.Catalog.DecoderOf<TReply>(), handler, execution);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnRequest{TRequest, TReply}(
    /// Func{TRequest, RequestContext, ValueTask{TReply}})"/>
    public static ProtocolBuilder OnRequest<TRequest, TReply>(
        this ProtocolBuilder protocol, Func<TRequest, RequestContext, ValueTask<TReply>> handler)
        where TRequest : class
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleRequest(
            protocol.Catalog.DecoderOf<TRequest>(), protocol.Catalog.DecoderOf<TReply>(), handler);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnNotify{T}(Action{T, NotifyContext}, HandlerExecution)"/>
    public static ProtocolBuilder OnNotify<T>(
        this ProtocolBuilder protocol, Action<T, NotifyContext> handler,
        HandlerExecution execution = HandlerExecution.Queued)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleNotify(protocol.Catalog.DecoderOf<T>(), handler, execution);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnNotify{T}(Func{T, NotifyContext, ValueTask})"/>
    public static ProtocolBuilder OnNotify<T>(this ProtocolBuilder protocol, Func<T, NotifyContext, ValueTask> handler)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleNotify(protocol.Catalog.DecoderOf<T>(), handler);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnBroadcast{T}(Func{T, BroadcastContext, Verdict}, HandlerExecution)"/>
    public static ProtocolBuilder OnBroadcast<T>(
        this ProtocolBuilder protocol, Func<T, BroadcastContext, Verdict> handler,
        HandlerExecution execution = HandlerExecution.Queued)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleBroadcast(protocol.Catalog.DecoderOf<T>(), handler, execution);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnBroadcast{T}(Func{T, BroadcastContext, ValueTask{Verdict}})"/>
    public static ProtocolBuilder OnBroadcast<T>(
        this ProtocolBuilder protocol, Func<T, BroadcastContext, ValueTask<Verdict>> handler)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleBroadcast(protocol.Catalog.DecoderOf<T>(), handler);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnSignedBroadcast{T}(Func{T, BroadcastContext, Verdict})"/>
    public static ProtocolBuilder OnSignedBroadcast<T>(
        this ProtocolBuilder protocol, Func<T, BroadcastContext, Verdict> handler)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleSignedBroadcast(protocol.Catalog.DecoderOf<T>(), handler);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnSignedBroadcast{T}(Func{T, BroadcastContext, ValueTask{Verdict}})"/>
    public static ProtocolBuilder OnSignedBroadcast<T>(
        this ProtocolBuilder protocol, Func<T, BroadcastContext, ValueTask<Verdict>> handler)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.HandleBroadcast(protocol.Catalog.DecoderOf<T>(), handler, isSigned: true);
    }

    /// <inheritdoc cref="ProtocolBuilder.OnRequest{TRequest, TReply}()"/>
    public static MessageRoute<TRequest, RequestContext> OnRequest<TRequest, TReply>(this ProtocolBuilder protocol)
        where TRequest : class
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(route => protocol.Routed(route.Target).OnRequest<TRequest, TReply>(route.AskAsync<TReply>));
    }

    /// <inheritdoc cref="ProtocolBuilder.OnNotify{T}()"/>
    public static MessageRoute<T, NotifyContext> OnNotify<T>(this ProtocolBuilder protocol)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(route => protocol.Routed(route.Target).OnNotify<T>(route.TellAsync));
    }

    /// <inheritdoc cref="ProtocolBuilder.OnBroadcast{T}()"/>
    public static MessageRoute<T, BroadcastContext> OnBroadcast<T>(this ProtocolBuilder protocol)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(route => protocol.Routed(route.Target).OnBroadcast<T>(route.AskAsync<Verdict>));
    }

    /// <inheritdoc cref="ProtocolBuilder.OnSignedBroadcast{T}()"/>
    public static MessageRoute<T, BroadcastContext> OnSignedBroadcast<T>(this ProtocolBuilder protocol)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return new(route => protocol.Routed(route.Target).OnSignedBroadcast<T>(route.AskAsync<Verdict>));
    }

    /// <inheritdoc cref="P2PNode.AskAsync{TReply}(Peer, IMessage, SendOptions, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The answer's type is not registered.</exception>
    public static Task<TReply> AskAsync<TReply>(
        this P2PNode node, Peer peer, object request, SendOptions? options = null,
        CancellationToken cancellationToken = default)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.AskPlain<TReply>(peer, request, options, cancellationToken);
    }

    /// <inheritdoc cref="P2PNode.AskAsync{TReply}(PeerAddress, IMessage, SendOptions, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The answer's type is not registered.</exception>
    public static Task<TReply> AskAsync<TReply>(
        this P2PNode node, PeerAddress address, object request, SendOptions? options = null,
        CancellationToken cancellationToken = default)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.AskPlainAsync<TReply>(address, request, options, cancellationToken);
    }

    /// <inheritdoc cref="P2PNode.TellAsync(Peer, IMessage, SendOptions, CancellationToken)"/>
    public static Task TellAsync(
        this P2PNode node, Peer peer, object message, SendOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.TellAsync(peer, node.MessageOf(message, nameof(message)), options, cancellationToken);
    }

    /// <inheritdoc cref="PeerHandle.AskAsync{TReply}(IMessage, SendOptions, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">The answer's type is not registered.</exception>
    public static Task<TReply> AskAsync<TReply>(
        this PeerHandle handle, object request, SendOptions? options = null,
        CancellationToken cancellationToken = default)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.AskPlain<TReply>(request, options, cancellationToken);
    }

    /// <inheritdoc cref="PeerHandle.TellAsync(IMessage, SendOptions, CancellationToken)"/>
    public static Task TellAsync(
        this PeerHandle handle, object message, SendOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handle);
        return handle.TellPlain(message, options, cancellationToken);
    }

    /// <inheritdoc cref="P2PNode.TryTell(Peer, IMessage, SendOptions)"/>
    public static SendResult TryTell(this P2PNode node, Peer peer, object message, SendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.TryTell(peer, node.MessageOf(message, nameof(message)), options);
    }

    /// <inheritdoc cref="P2PNode.BroadcastAsync(IMessage, SendOptions, CancellationToken)"/>
    public static Task<int> BroadcastAsync(
        this P2PNode node, object message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.BroadcastAsync(node.MessageOf(message, nameof(message)), options, cancellationToken);
    }

    /// <inheritdoc cref="P2PNode.BroadcastSignedAsync(IMessage, SendOptions, CancellationToken)"/>
    public static Task<int> BroadcastSignedAsync(
        this P2PNode node, object message, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.BroadcastSignedAsync(node.MessageOf(message, nameof(message)), options, cancellationToken);
    }
}
