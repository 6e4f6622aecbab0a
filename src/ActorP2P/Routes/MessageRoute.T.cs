namespace ActorP2P;

/// <inheritdoc/>
/// <typeparam name="TMessage">The type of the messages.</typeparam>
/// <typeparam name="TContext">The handler's context of a message.</typeparam>
public sealed class MessageRoute<TMessage, TContext> : MessageRoute
    where TContext : MessageContext
{
    private readonly Func<ActorRoute<TMessage, TContext>, ProtocolBuilder> _register;
    private Func<TMessage, TContext, object> _wrap = static (message, context) =>
        context is StreamContext opened ? new P2P.StreamReceived(message!, opened.Stream) : message!;

    private TimeSpan? _timeout;

    internal MessageRoute(Func<ActorRoute<TMessage, TContext>, ProtocolBuilder> register) => _register = register;

    /// <summary>
    /// Sets the message that the actor receives; by default it is the received message itself, and for a stream
    /// <see cref="P2P.StreamReceived"/>. Use it to tell the actor which peer sent the message:
    /// <c>.As((move, context) => new Played(move, context.Peer))</c>.
    /// </summary>
    /// <param name="wrap">Makes the message that the actor receives. It is called outside of the actor.</param>
    public MessageRoute<TMessage, TContext> As(Func<TMessage, TContext, object> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        _wrap = wrap;
        return this;
    }

    /// <summary>
    /// Sets how long the actor may take to answer a request or to judge a broadcast; the default is
    /// <see cref="P2PNodeOptions.RequestTimeout"/>. For a stream it is the time until <see cref="P2P.StreamHandled"/>,
    /// without a limit by default. It has no effect on notifies, which need no answer.
    /// </summary>
    /// <param name="timeout">The time, at most 30 days; <see cref="TimeSpan.MaxValue"/> for no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive, or it is more than 30 days.</exception>
    public MessageRoute<TMessage, TContext> Within(TimeSpan timeout)
    {
        Protocol.WaitTime.Limit(timeout, nameof(timeout));
        _timeout = timeout;
        return this;
    }

    internal override ProtocolBuilder RouteTo(RouteTarget target) =>
        _register(new ActorRoute<TMessage, TContext>(target, _wrap, _timeout));
}
