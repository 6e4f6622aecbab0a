namespace ActorP2P;

/// <summary>The actors that subscribe to a node's events. Only the ManagerActor uses it.</summary>
internal sealed class EventSubscribers
{
    /// <summary>
    /// The most subscribers. No program has so many actors that watch events, and each costs one message for each
    /// event.
    /// </summary>
    internal const int Most = 1024;

    // In the order of subscription, so that a run can be repeated.
    private readonly List<IActorRef> _actors = [];

    /// <summary>Adds an actor, unless it is subscribed already.</summary>
    /// <returns>Whether the actor is subscribed now; false when there are too many subscribers.</returns>
    public bool TryAdd(IActorRef actor)
    {
        if (_actors.Contains(actor))
        {
            return true;
        }

        if (_actors.Count == Most)
        {
            return false;
        }

        _actors.Add(actor);
        return true;
    }

    /// <summary>Removes an actor.</summary>
    /// <returns>Whether the actor was subscribed.</returns>
    public bool Remove(IActorRef actor) => _actors.Remove(actor);

    /// <summary>Sends an event to all subscribers.</summary>
    public void Publish(NodeEvent nodeEvent, IActorRef manager)
    {
        foreach (IActorRef actor in _actors)
        {
            actor.Tell(nodeEvent, manager);
        }
    }
}
