using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A lookup that only fills the routing table.</summary>
/// <param name="key">The key.</param>
internal sealed class WalkJob(DhtKey key) : DhtJob(key)
{
    /// <inheritdoc/>
    public override void Finish(Lookup lookup)
    {
    }

    /// <inheritdoc/>
    public override void Fail(Exception failure)
    {
    }
}
