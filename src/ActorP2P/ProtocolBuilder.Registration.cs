using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>How handlers are registered, whichever way a program has written them.</content>
public sealed partial class ProtocolBuilder
{
    /// <summary>
    /// Remembers the target of a route, so that the node can check at its start that the actor exists.
    /// </summary>
    internal ProtocolBuilder Routed(RouteTarget target)
    {
        Catalog.Routes.Add(target);
        return this;
    }

    internal ProtocolBuilder HandleRequest<TRequest, TReply>(
        MessageDecoder request, MessageDecoder reply, Func<TRequest, RequestContext, TReply> handler,
        HandlerExecution execution)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<TRequest, RequestContext, IMessage>(
            request, Catalog.Requests, ModeOf(execution), (message, context) =>
            ValueTask.FromResult(MessageOf(reply, handler((TRequest)message, context))));
    }

    internal ProtocolBuilder HandleRequest<TRequest, TReply>(
        MessageDecoder request, MessageDecoder reply, Func<TRequest, RequestContext, ValueTask<TReply>> handler)
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<TRequest, RequestContext, IMessage>(
            request, Catalog.Requests, HandlerMode.Asynchronous, (message, context) =>
        {
            ValueTask<TReply> pending = handler((TRequest)message, context);
            return pending.IsCompletedSuccessfully
                ? ValueTask.FromResult(MessageOf(reply, pending.Result))
                : Await(pending);
        });

        async ValueTask<IMessage> Await(ValueTask<TReply> pending) => MessageOf(reply, await pending);
    }

    internal ProtocolBuilder HandleNotify<T>(
        MessageDecoder notify, Action<T, NotifyContext> handler, HandlerExecution execution)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<T, NotifyContext, bool>(notify, Catalog.Notifies, ModeOf(execution), (message, context) =>
        {
            handler((T)message, context);
            return ValueTask.FromResult(true);
        });
    }

    internal ProtocolBuilder HandleNotify<T>(MessageDecoder notify, Func<T, NotifyContext, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<T, NotifyContext, bool>(
            notify, Catalog.Notifies, HandlerMode.Asynchronous, (message, context) =>
        {
            ValueTask taken = handler((T)message, context);
            return taken.IsCompletedSuccessfully ? ValueTask.FromResult(true) : Await(taken);
        });

        static async ValueTask<bool> Await(ValueTask taken)
        {
            await taken;
            return true;
        }
    }

    internal ProtocolBuilder HandleBroadcast<T>(
        MessageDecoder broadcast, Func<T, BroadcastContext, Verdict> handler, HandlerExecution execution)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<T, BroadcastContext, Verdict>(
            broadcast, Catalog.Broadcasts, ModeOf(execution),
            (message, context) => ValueTask.FromResult(handler((T)message, context)));
    }

    internal ProtocolBuilder HandleSignedBroadcast<T>(
        MessageDecoder broadcast, Func<T, BroadcastContext, Verdict> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return HandleBroadcast<T>(
            broadcast, (message, context) => ValueTask.FromResult(handler(message, context)), isSigned: true);
    }

    internal ProtocolBuilder HandleBroadcast<T>(
        MessageDecoder broadcast, Func<T, BroadcastContext, ValueTask<Verdict>> handler, bool isSigned = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Register<T, BroadcastContext, Verdict>(
            broadcast, Catalog.Broadcasts, HandlerMode.Asynchronous,
            (message, context) => handler((T)message, context), isSigned);
    }

    private ProtocolBuilder HandleRawBroadcast(ushort type, RawBroadcastHandler handler, bool isSigned)
    {
        ArgumentNullException.ThrowIfNull(handler);
        MessageCatalog.RequireApplicationType(type, $"type {type:x4}");
        RequireOwn(type, $"type {type:x4}");
        return Catalog.Broadcasts.ContainsKey(type)
            ? throw new InvalidOperationException($"The type {type:x4} has a handler already.")
            : HandleBroadcast<byte[]>(
                new BytesDecoder(type),
                (payload, context) => ValueTask.FromResult(handler(payload, context)), isSigned);
    }

    private static HandlerMode ModeOf(HandlerExecution execution) => execution switch
    {
        HandlerExecution.Queued => HandlerMode.Queued,
        HandlerExecution.Inline => HandlerMode.Inline,
        _ => throw new ArgumentOutOfRangeException(
            nameof(execution), execution, $"{nameof(execution)} is {execution}; allowed: Queued and Inline."),
    };

    // A null reply is detected where replies are sent, and is reported there as a failure of the handler.
    private static IMessage MessageOf(MessageDecoder decoder, object? reply) =>
        reply is null ? null! : decoder.MessageOf(reply);

    private static void RequireReply<TRequest, TReply>()
        where TReply : class, IMessage<TReply>
    {
        if (typeof(TRequest).IsAssignableTo(typeof(IRequest))
            && !typeof(TRequest).IsAssignableTo(typeof(IRequest<TReply>)))
        {
            throw new InvalidOperationException(
                $"{typeof(TRequest).Name} names another answer than {typeof(TReply).Name}.");
        }
    }

    private ProtocolBuilder Register<T, TContext, TResult>(
        MessageDecoder decoder, Dictionary<ushort, MessageHandler<TContext, TResult>> handlers, HandlerMode mode,
        Func<object, TContext, ValueTask<TResult>> invoke, bool isSigned = false)
    {
        ushort type = decoder.Type;
        RequireOwn(type, typeof(T).Name);
        bool taken = ReferenceEquals(handlers, Catalog.Notifies) && Catalog.RawNotifies.ContainsKey(type);
        MessageHandler<TContext, TResult> handler = new(decoder, invoke, mode) { IsSigned = isSigned };
        if (taken || !handlers.TryAdd(type, handler))
        {
            throw new InvalidOperationException($"{typeof(T).Name} has a handler already.");
        }

        Catalog.Serve(type);
        return this;
    }

    private void RequireOwn(ushort type, string name)
    {
        if (_service is { } service && type >> 8 != service.Code)
        {
            throw new InvalidOperationException(
                $"{name} has the type code {type:x4}, which does not belong to the service {service.Name} "
                + $"({service.Code:x2}).");
        }
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
