namespace ActorP2P.Actors;

internal sealed class FuncHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool Handle(object message) => message is T typed && handler(typed);
}
