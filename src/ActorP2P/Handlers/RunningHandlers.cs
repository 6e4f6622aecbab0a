namespace ActorP2P;

/// <summary>
/// The handlers of the application that run now. Only the node's end waits for them, and only for the rest of the drain
/// timeout. It reports those that still run then.
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

    /// <summary>A handler may run here from now on.</summary>
    public void Enter(RunningHandler handler)
    {
        lock (_lock)
        {
            _running.Add(handler);
        }
    }

    /// <summary>No handler runs here any more.</summary>
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

    /// <summary>Sends an actor <see cref="ManagerMessages.HandlersEnded"/> when no handler runs any more.</summary>
    /// <returns>Whether no handler runs now. The actor is then sent nothing.</returns>
    public bool HaveEndedOrNotify(IActorRef actor)
    {
        lock (_lock)
        {
            _waiting = _running.Count == 0 ? null : actor;
            return _waiting is null;
        }
    }
}
