using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Says what a node does with the messages of its peers. Handlers run outside the connection's own turn: a slow one holds up
/// nothing but its own peer's later messages, and an asynchronous one not even those.
/// </summary>
public sealed class ProtocolBuilder
{
    internal ProtocolBuilder()
    {
    }

    internal MessageCatalog Catalog { get; } = new();

    /// <summary>Names the service behind a high byte of message types, for peers to see.</summary>
    public ProtocolBuilder Service(byte code, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Catalog.ServiceNames.Add(new ServiceName(code, name));
        return this;
    }

    /// <summary>Answers requests at once. The handler runs on the thread pool, one request of a peer at a time.</summary>
    public ProtocolBuilder OnRequest<TRequest, TReply>(Func<TRequest, RequestContext, TReply> handler)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnRequest<TRequest, TReply>((request, context) => ValueTask.FromResult(handler(request, context)));
    }

    /// <summary>Answers requests in time. While one is awaited, the next of the same peer begins.</summary>
    public ProtocolBuilder OnRequest<TRequest, TReply>(Func<TRequest, RequestContext, ValueTask<TReply>> handler)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Catalog.Know<TReply>();
        Register<TRequest, RequestContext, IMessage>(Catalog.Requests, (message, context) =>
        {
            ValueTask<TReply> reply = handler((TRequest)message, context);
            return reply.IsCompletedSuccessfully ? ValueTask.FromResult<IMessage>(reply.Result) : Await(reply);
        });
        return this;

        static async ValueTask<IMessage> Await(ValueTask<TReply> reply) => await reply;
    }

    /// <summary>Takes notifies at once.</summary>
    public ProtocolBuilder OnNotify<T>(Action<T, NotifyContext> handler)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<T, NotifyContext, bool>(Catalog.Notifies, (message, context) =>
        {
            handler((T)message, context);
            return ValueTask.FromResult(true);
        });
        return this;
    }

    /// <summary>Takes notifies in time.</summary>
    public ProtocolBuilder OnNotify<T>(Func<T, NotifyContext, ValueTask> handler)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<T, NotifyContext, bool>(Catalog.Notifies, (message, context) =>
        {
            ValueTask taken = handler((T)message, context);
            return taken.IsCompletedSuccessfully ? ValueTask.FromResult(true) : Await(taken);
        });
        return this;

        static async ValueTask<bool> Await(ValueTask taken)
        {
            await taken;
            return true;
        }
    }

    /// <summary>
    /// Takes notifies as bytes, in place and inline: the fastest way in, for a handler that is short and does not block. See
    /// <see cref="RawNotifyHandler"/>.
    /// </summary>
    /// <param name="type">The message type; codes below 0x0100 are the library's.</param>
    /// <param name="handler">Takes the bytes.</param>
    /// <exception cref="InvalidOperationException">The type has a handler already, or is the library's.</exception>
    public ProtocolBuilder OnNotify(ushort type, RawNotifyHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MessageCatalog.RequireApplicationType(type, $"type {type:x4}");
        if (Catalog.Notifies.ContainsKey(type) || !Catalog.RawNotifies.TryAdd(type, handler))
        {
            throw new InvalidOperationException($"The type {type:x4} has a handler already.");
        }

        Catalog.Serve(type);
        return this;
    }

    /// <summary>Judges broadcasts at once; what is accepted is relayed.</summary>
    public ProtocolBuilder OnBroadcast<T>(Func<T, BroadcastContext, Verdict> handler)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnBroadcast<T>((message, context) => ValueTask.FromResult(handler(message, context)));
    }

    /// <summary>Judges broadcasts in time; what is accepted is relayed.</summary>
    public ProtocolBuilder OnBroadcast<T>(Func<T, BroadcastContext, ValueTask<Verdict>> handler)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<T, BroadcastContext, Verdict>(Catalog.Broadcasts, (message, context) => handler((T)message, context));
        return this;
    }

    private void Register<T, TContext, TResult>(
        Dictionary<ushort, MessageHandler<TContext, TResult>> handlers, Func<object, TContext, ValueTask<TResult>> invoke)
        where T : class, IMessage<T>
    {
        bool taken = ReferenceEquals(handlers, Catalog.Notifies) && Catalog.RawNotifies.ContainsKey(T.TypeCode);
        if (taken || !handlers.TryAdd(T.TypeCode, new MessageHandler<TContext, TResult>(Catalog.Know<T>(), invoke)))
        {
            throw new InvalidOperationException($"{typeof(T).Name} has a handler already.");
        }

        Catalog.Serve(T.TypeCode);
    }
}
