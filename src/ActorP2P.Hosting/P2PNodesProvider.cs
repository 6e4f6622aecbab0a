using Akka.Actor;

namespace ActorP2P.Hosting;

/// <summary>Makes the one <see cref="P2PNodes"/> of an actor system.</summary>
public sealed class P2PNodesProvider : ExtensionIdProvider<P2PNodes>
{
    internal static P2PNodesProvider Instance { get; } = new();

    /// <inheritdoc/>
    public override P2PNodes CreateExtension(ExtendedActorSystem system) => new();
}
