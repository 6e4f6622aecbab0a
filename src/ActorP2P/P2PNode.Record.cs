using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>The signed record of where this node can be dialled.</content>
public sealed partial class P2PNode
{
    private readonly Lock _recordLock = new();
    private ulong _recordSequence;

    /// <summary>
    /// Makes a record of where this node can be dialled now, signed with its key. It has the addresses that peers are
    /// told and the names of the node's services, as far as they fit. Each record has a higher number than those before
    /// it, also those before a restart, unless the node's clock has gone back.
    /// </summary>
    /// <exception cref="InvalidOperationException">The node's identity has no key.</exception>
    public NodeRecord CreateRecord()
    {
        long now = Context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        ulong sequence;
        lock (_recordLock)
        {
            sequence = _recordSequence = Math.Max(_recordSequence + 1, (ulong)Math.Max(0, now));
        }

        return NodeRecord.Create(Context.Signer, new RecordFields
        {
            NetworkId = Settings.NetworkId,
            Sequence = sequence,
            UnixMilliseconds = now,
            Addresses = [.. Context.AnnouncedAddresses.Select(static address => address.WithoutId).Distinct()],
            Services = [.. Context.Catalog.ServiceNames.Select(static service => service.Name)],
        });
    }
}
