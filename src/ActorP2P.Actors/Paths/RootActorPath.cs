namespace ActorP2P.Actors;

/// <summary>The root of a system's hierarchy.</summary>
public sealed class RootActorPath(Address address, string name = "/") : ActorPath(name, UndefinedUid)
{
    /// <inheritdoc/>
    public override ActorPath Parent => this;

    /// <inheritdoc/>
    public override ActorPath Root => this;

    /// <inheritdoc/>
    public override Address Address { get; } = address;
}
