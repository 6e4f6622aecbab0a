namespace ActorP2P.Actors;

/// <summary>A path below another.</summary>
public sealed class ChildActorPath(ActorPath parent, string name, long uid) : ActorPath(name, uid)
{
    /// <inheritdoc/>
    public override ActorPath Parent { get; } = parent;

    /// <inheritdoc/>
    public override ActorPath Root => Parent.Root;

    /// <inheritdoc/>
    public override Address Address => Root.Address;
}
