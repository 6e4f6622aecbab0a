namespace ActorP2P.Actors;

/// <summary>The dispatchers and mailboxes of one system, by the ids that Props name.</summary>
internal sealed class Dispatchers
{
    private readonly ActorSystem _system;
    private readonly MessageDispatcher _default;

    public Dispatchers(ActorSystem system)
    {
        _system = system;
        _default = system.Node is null ? new ThreadPoolDispatcher() : new SimulatedDispatcher(system.Node);
    }

    public Mailbox CreateMailbox(ActorCell cell, Props props) => new(cell, _default, queue: null);

    public void Shutdown() => _default.Shutdown();
}
