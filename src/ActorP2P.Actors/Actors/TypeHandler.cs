namespace ActorP2P.Actors;

internal sealed class TypeHandler(Type type, Action<object> handler, Predicate<object>? shouldHandle) : MessageHandler
{
    public override bool Handle(object message)
    {
        if (!type.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message)))
        {
            return false;
        }
        handler(message);
        return true;
    }
}
