namespace ActorP2P.Actors;

/// <summary>The address of an actor that runs in this process; sends go straight to its mailbox.</summary>
internal sealed class LocalActorRef : ActorRefBase
{
    private readonly Mailbox _mailbox;

    internal LocalActorRef(ActorSystem system, ActorPath path, Props props, IInternalActorRef parent)
        : base(system)
    {
        Path = path;
        var cell = new ActorCell(system, this, props, parent);
        _mailbox = cell.Mailbox;
    }

    public override ActorPath Path { get; }

    public override IInternalActorRef? Parent => Cell.ParentRef;

    public override bool IsTerminated => _mailbox.IsClosed;

    internal ActorCell Cell => _mailbox.Cell;

    public override void Tell(object message, IActorRef? sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException("A message must not be null.");
        }
        _mailbox.Post(message, sender);
    }

    /// <summary>Sends and, where the actor is idle, runs its turn on this thread, as the place says.</summary>
    internal void TellAndRun(object message, IActorRef? sender, TurnPlace place) =>
        _mailbox.PostAndRun(message, sender, place);

    public override void SendSystem(SystemMessage message) => _mailbox.PostSystem(message);

    public override IInternalActorRef? GetChild(string name) => Cell.FindChild(name);

    public override IEnumerable<IInternalActorRef> GetChildren() => Cell.ChildRefs();
}
