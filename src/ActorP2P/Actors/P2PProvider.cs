namespace ActorP2P;

/// <summary>
/// Makes the single <see cref="P2P"/> of an actor system. To load it when the system starts, set <c>akka.extensions =
/// ["ActorP2P.P2PProvider, ActorP2P"]</c>.
/// </summary>
public sealed class P2PProvider : ExtensionIdProvider<P2P>
{
    internal static P2PProvider Instance { get; } = new();

    /// <inheritdoc/>
    public override P2P CreateExtension(ExtendedActorSystem system) => new();
}
