namespace ActorP2P.Actors;

internal sealed class UnwatchMessage(IInternalActorRef watcher) : SystemMessage
{
    public IInternalActorRef Watcher { get; } = watcher;
}
