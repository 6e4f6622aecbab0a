namespace ActorP2P;

/// <inheritdoc/>
/// <typeparam name="TMessage">The type of the messages.</typeparam>
/// <typeparam name="TContext">What is known of a message beside itself.</typeparam>
public sealed class MessageRoute<TMessage, TContext> : MessageRoute
    where TContext : MessageContext
{
    private readonly Func<ActorRoute<TMessage, TContext>, ProtocolBuilder> _register;
    private Func<TMessage, TContext, object> _wrap = static (message, _) => message!;
    private TimeSpan? _timeout;

    internal MessageRoute(Func<ActorRoute<TMessage, TContext>, ProtocolBuilder> register) => _register = register;

    /// <summary>
    /// Says what the actor is told; without it, it is told the message itself. An actor that needs to know the peer is
    /// told so here: <c>.As((move, context) => new Played(move, context.Peer))</c>.
    /// </summary>
    /// <param name="wrap">Gives what the actor is told. It is called outside of the actor.</param>
    public MessageRoute<TMessage, TContext> As(Func<TMessage, TContext, object> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        _wrap = wrap;
        return this;
    }

    /// <summary>
    /// Says how long the actor may take to answer a request or to judge a broadcast; without it,
    /// <see cref="P2PNodeOptions.RequestTimeout"/>. Notifies need no answer, and do not use it.
    /// </summary>
    /// <param name="timeout">The time, at most 30 days; <see cref="TimeSpan.MaxValue"/>: without limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or beyond 30 days.</exception>
    public MessageRoute<TMessage, TContext> Within(TimeSpan timeout)
    {
        Protocol.WaitTime.Limit(timeout, nameof(timeout));
        _timeout = timeout;
        return this;
    }

    internal override ProtocolBuilder RouteTo(RouteTarget target) =>
        _register(new ActorRoute<TMessage, TContext>(target, _wrap, _timeout));
}
