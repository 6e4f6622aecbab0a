using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Says what a node does with the messages of its peers. Handlers run outside the connection's own turn: a slow one holds up
/// nothing but its own peer's later messages, and an asynchronous one not even those.
/// </summary>
public sealed class ProtocolBuilder
{
    private readonly ServiceName? _service;

    internal ProtocolBuilder()
        : this(new MessageCatalog(), null)
    {
    }

    private ProtocolBuilder(MessageCatalog catalog, ServiceName? service)
    {
        Catalog = catalog;
        _service = service;
    }

    internal MessageCatalog Catalog { get; }

    /// <summary>
    /// Names a service: the message types with this high byte. Peers agree on services by name, so another node may number it
    /// otherwise; asking a peer that does not name it fails at once.
    /// </summary>
    /// <param name="code">The high byte; 0 is the library's own.</param>
    /// <param name="name">The name, at most 64 bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has characters that do not print.</exception>
    /// <exception cref="InvalidOperationException">The code or the name is taken.</exception>
    public ProtocolBuilder Service(byte code, string name)
    {
        Catalog.Name(new ServiceName(code, name));
        return this;
    }

    /// <summary>Names a service and registers its handlers; several users of a node may do so, each without knowing of the others.</summary>
    /// <param name="code">The high byte of all its message types; 0 is the library's own.</param>
    /// <param name="name">The name, at most 64 bytes of UTF-8.</param>
    /// <param name="register">Registers the handlers.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has characters that do not print.</exception>
    /// <exception cref="InvalidOperationException">The code or the name is taken, or a message type belongs to another service.</exception>
    public ProtocolBuilder Service(byte code, string name, Action<ProtocolBuilder> register)
    {
        ArgumentNullException.ThrowIfNull(register);
        Service(code, name);
        register(new ProtocolBuilder(Catalog, new ServiceName(code, name)));
        return this;
    }

    /// <summary>Answers requests at once. The handler runs on the thread pool, one request of a peer at a time.</summary>
    /// <param name="handler">Gives the answer.</param>
    /// <param name="inline">
    /// True to run it in the connection's own turn, which saves two hops: for a handler that is short and does not block, since nothing
    /// of the connection goes on meanwhile. It may overtake messages whose handlers wait.
    /// </param>
    public ProtocolBuilder OnRequest<TRequest, TReply>(Func<TRequest, RequestContext, TReply> handler, bool inline = false)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Catalog.Know<TReply>();
        Register<TRequest, RequestContext, IMessage>(
            Catalog.Requests, inline ? HandlerMode.Inline : HandlerMode.Queued,
            (message, context) => ValueTask.FromResult<IMessage>(handler((TRequest)message, context)));
        return this;
    }

    /// <summary>Answers requests in time. While one is awaited, the next of the same peer begins.</summary>
    public ProtocolBuilder OnRequest<TRequest, TReply>(Func<TRequest, RequestContext, ValueTask<TReply>> handler)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Catalog.Know<TReply>();
        Register<TRequest, RequestContext, IMessage>(Catalog.Requests, HandlerMode.Asynchronous, (message, context) =>
        {
            ValueTask<TReply> reply = handler((TRequest)message, context);
            return reply.IsCompletedSuccessfully ? ValueTask.FromResult<IMessage>(reply.Result) : Await(reply);
        });
        return this;

        static async ValueTask<IMessage> Await(ValueTask<TReply> reply) => await reply;
    }

    /// <summary>Takes notifies at once.</summary>
    /// <param name="handler">Takes the message.</param>
    /// <param name="inline">True to run it in the connection's own turn; see <see cref="OnRequest{TRequest, TReply}(Func{TRequest, RequestContext, TReply}, bool)"/>.</param>
    public ProtocolBuilder OnNotify<T>(Action<T, NotifyContext> handler, bool inline = false)
        where T : class, IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(handler);
        Register<T, NotifyContext, bool>(Catalog.Notifies, inline ? HandlerMode.Inline : HandlerMode.Queued, (message, context) =>
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
        Register<T, NotifyContext, bool>(Catalog.Notifies, HandlerMode.Asynchronous, (message, context) =>
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
        RequireOwn(type, $"type {type:x4}");
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
        Register<T, BroadcastContext, Verdict>(
            Catalog.Broadcasts, HandlerMode.Asynchronous, (message, context) => handler((T)message, context));
        return this;
    }

    private void Register<T, TContext, TResult>(
        Dictionary<ushort, MessageHandler<TContext, TResult>> handlers, HandlerMode mode,
        Func<object, TContext, ValueTask<TResult>> invoke)
        where T : class, IMessage<T>
    {
        RequireOwn(T.TypeCode, typeof(T).Name);
        bool taken = ReferenceEquals(handlers, Catalog.Notifies) && Catalog.RawNotifies.ContainsKey(T.TypeCode);
        if (taken || !handlers.TryAdd(T.TypeCode, new MessageHandler<TContext, TResult>(Catalog.Know<T>(), invoke, mode)))
        {
            throw new InvalidOperationException($"{typeof(T).Name} has a handler already.");
        }

        Catalog.Serve(T.TypeCode);
    }

    private void RequireOwn(ushort type, string name)
    {
        if (_service is { } service && type >> 8 != service.Code)
        {
            throw new InvalidOperationException(
                $"{name} has the type code {type:x4}, which does not belong to the service {service.Name} ({service.Code:x2}).");
        }
    }
}
