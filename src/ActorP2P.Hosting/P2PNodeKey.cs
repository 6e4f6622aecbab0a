namespace ActorP2P.Hosting;

/// <summary>
/// The registry's key for the manager of a node that was added without a key of its own.
/// </summary>
public sealed class P2PNodeKey
{
    private P2PNodeKey()
    {
    }
}
