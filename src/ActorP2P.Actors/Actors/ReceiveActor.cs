namespace ActorP2P.Actors;

/// <summary>An actor whose handlers are declared per message type; the first that fits takes the message.</summary>
public abstract class ReceiveActor : UntypedActor
{
    private ReceiveHandlers _handlers = new();

    internal sealed override bool InvokeReceive(object message) => _handlers.Handle(message);

    /// <summary>Never called: the declared handlers get the messages.</summary>
    protected sealed override void OnReceive(object message)
    {
    }

    /// <summary>Replaces the behaviour by the handlers that <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => Cell.Become(Collect(configure).Handle);

    /// <summary>Puts the handlers that <paramref name="configure"/> declares on top of the present ones.</summary>
    protected void BecomeStacked(Action configure) => Cell.BecomeStacked(Collect(configure).Handle);

    /// <summary>Declares a handler, optionally only for messages that a predicate accepts.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        _handlers.Add(new ActionHandler<T>(handler, shouldHandle));

    /// <summary>Declares a handler for messages that a predicate accepts.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Declares a handler that says itself whether it handled the message.</summary>
    protected void Receive<T>(Func<T, bool> handler) => _handlers.Add(new FuncHandler<T>(handler));

    /// <summary>Declares a handler for a type known only at run time.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        _handlers.Add(new TypeHandler(messageType, handler, shouldHandle));

    /// <summary>Declares an asynchronous handler; no other message is handled before it ends.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive<T>(message => Cell.RunAsync(handler, message), shouldHandle);

    /// <summary>Declares an asynchronous handler for messages that a predicate accepts.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        ReceiveAsync(handler, shouldHandle);

    /// <summary>Declares the handler for all that no earlier one took; none may follow.</summary>
    protected void ReceiveAny(Action<object> handler) => _handlers.AddLast(new ActionHandler<object>(handler, null));

    /// <summary>Declares the asynchronous handler for all that no earlier one took; none may follow.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) =>
        ReceiveAny(message => Cell.RunAsync(handler, message));

    private ReceiveHandlers Collect(Action configure)
    {
        ReceiveHandlers own = _handlers;
        var collected = new ReceiveHandlers();
        _handlers = collected;
        try
        {
            configure();
        }
        finally
        {
            _handlers = own;
        }
        return collected;
    }
}
