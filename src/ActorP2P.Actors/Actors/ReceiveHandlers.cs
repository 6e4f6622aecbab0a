namespace ActorP2P.Actors;

/// <summary>
/// The handlers of one behaviour, tried in the order of their declaration. A scan of type tests beats a dictionary
/// for the handful of handlers that actors have, and it keeps subtypes and predicates in order for free.
/// </summary>
internal sealed class ReceiveHandlers
{
    private MessageHandler[] _handlers = [];
    private bool _closed;

    public void Add(MessageHandler handler)
    {
        if (_closed)
        {
            throw new InvalidOperationException("A handler declared after ReceiveAny would never be reached.");
        }
        Array.Resize(ref _handlers, _handlers.Length + 1);
        _handlers[^1] = handler;
    }

    public void AddLast(MessageHandler handler)
    {
        Add(handler);
        _closed = true;
    }

    public bool Handle(object message)
    {
        foreach (MessageHandler handler in _handlers)
        {
            if (handler.Handle(message))
            {
                return true;
            }
        }
        return false;
    }
}
