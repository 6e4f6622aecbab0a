namespace ActorP2P;

/// <summary>
/// Tells a port that its Akka.IO listener has ended. A listener ends by itself, without a message to the port, when an
/// accept fails in a way that Akka.IO considers fatal.
/// </summary>
internal sealed class AkkaIoWatcher : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watch watch:
                Context.WatchWith(watch.Listener, new Ended(watch.Port, watch.Listener));
                break;
            case Ended ended:
                ended.Port.OnListenerTerminated(ended.Listener);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed record Watch(AkkaIoPort Port, IActorRef Listener);

    private sealed record Ended(AkkaIoPort Port, IActorRef Listener);
}
