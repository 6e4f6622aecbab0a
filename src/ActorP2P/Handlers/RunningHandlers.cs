namespace ActorP2P;

/// <summary>
/// The application's handlers that run now. Nothing waits for them but the node's end, and that only for the rest of the time to
/// drain; what still runs then is named.
/// </summary>
internal sealed class RunningHandlers
{
    private readonly Lock _lock = new();
    private readonly HashSet<RunningHandler> _running = [];
    private IActorRef? _waiting;

    /// <summary>The handlers that run now, by connection and message type.</summary>
    public IReadOnlyList<HandlerCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _running.Select(static running => running.Call).OfType<HandlerCall>()
                    .OrderBy(static call => call.Context.Peer.ConnectionId).ThenBy(static call => call.Type)];
            }
        }
    }

    /// <summary>A handler may run from now on.</summary>
    public void Enter(RunningHandler handler)
    {
        lock (_lock)
        {
            _running.Add(handler);
        }
    }

    /// <summary>No handler runs in it any more.</summary>
    public void Leave(RunningHandler handler)
    {
        IActorRef? told = null;
        lock (_lock)
        {
            _running.Remove(handler);
            if (_running.Count == 0)
            {
                (told, _waiting) = (_waiting, null);
            }
        }

        told?.Tell(ManagerMessages.HandlersEnded.Instance, ActorRefs.NoSender);
    }

    /// <summary>Lets an actor know when no handler runs any more.</summary>
    /// <returns>Whether none runs already; then the actor is told nothing.</returns>
    public bool AreOverOrTell(IActorRef actor)
    {
        lock (_lock)
        {
            _waiting = _running.Count == 0 ? null : actor;
            return _waiting is null;
        }
    }
}
