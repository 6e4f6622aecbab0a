namespace ActorP2P.Actors;

/// <summary>Identity and ordering shared by the references of this engine.</summary>
internal abstract class ActorRefBase(ActorSystem system) : IInternalActorRef
{
    public ActorSystem System { get; } = system;

    public abstract ActorPath Path { get; }

    public virtual IInternalActorRef? Parent => null;

    public virtual bool IsTerminated => false;

    public abstract void Tell(object message, IActorRef? sender);

    public abstract void SendSystem(SystemMessage message);

    public virtual IInternalActorRef? GetChild(string name) => null;

    public virtual IEnumerable<IInternalActorRef> GetChildren() => [];

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => base.GetHashCode();

    public int CompareTo(IActorRef? other) => RefOrder.Compare(this, other);

    public int CompareTo(object? obj) => RefOrder.Compare(this, obj as IActorRef);

    public override string ToString() => $"[{Path}#{Path.Uid}]";
}
