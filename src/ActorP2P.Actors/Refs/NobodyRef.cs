namespace ActorP2P.Actors;

/// <summary>The reference that stands for no actor: everything sent to it vanishes.</summary>
internal sealed class NobodyRef : IInternalActorRef
{
    public static readonly NobodyRef Instance = new();

    private NobodyRef()
    {
    }

    public ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems"), "/") / "Nobody";

    public ActorSystem System => throw new NotSupportedException("Nobody belongs to no actor system.");

    public IInternalActorRef? Parent => null;

    public bool IsTerminated => true;

    public void Tell(object message, IActorRef? sender)
    {
        // Nobody listens.
    }

    public void SendSystem(SystemMessage message)
    {
        // Nobody listens.
    }

    public IInternalActorRef? GetChild(string name) => null;

    public IEnumerable<IInternalActorRef> GetChildren() => [];

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => 0;

    public int CompareTo(IActorRef? other) => RefOrder.Compare(this, other);

    public int CompareTo(object? obj) => RefOrder.Compare(this, obj as IActorRef);

    public override string ToString() => Path.ToString();
}
