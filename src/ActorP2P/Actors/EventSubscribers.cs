namespace ActorP2P;

/// <summary>The actors that are sent a node's events. The ManagerActor's alone.</summary>
internal sealed class EventSubscribers
{
    /// <summary>More actors than any program has that look at events; each costs a message for each event.</summary>
    internal const int Most = 1024;

    // In the order in which they came, so that a run can be repeated.
    private readonly List<IActorRef> _actors = [];

    /// <summary>Adds an actor, if it is none of them.</summary>
    /// <returns>Whether it is one of them now; false when there are too many.</returns>
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
    /// <returns>Whether it was one of them.</returns>
    public bool Remove(IActorRef actor) => _actors.Remove(actor);

    /// <summary>Sends all of them an event.</summary>
    public void Publish(NodeEvent nodeEvent, IActorRef manager)
    {
        foreach (IActorRef actor in _actors)
        {
            actor.Tell(nodeEvent, manager);
        }
    }
}
