using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The node's own record, which it tells others. It is made anew when the addresses have changed, and once a day, so
/// that others know that the node is still there. Only the DiscoveryActor uses it.
/// </summary>
/// <param name="node">The node.</param>
internal sealed class OwnRecord(NodeContext node)
{
    /// <summary>How long a record is told. Bitcoin Core tells its own address about as often.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private NodeRecord? _record;
    private IReadOnlyList<PeerAddress> _addresses = [];
    private TimeSpan _madeAt;

    /// <summary>
    /// The record; null when others cannot dial the node: it has no key, does not listen, or has only addresses that
    /// others do not take.
    /// </summary>
    public NodeRecord? Get()
    {
        IReadOnlyList<PeerAddress> addresses = node.AnnouncedAddresses;
        if (!addresses.Any(IsDialable))
        {
            return null;
        }

        if (_record is null || node.Now - _madeAt >= Lifetime || !addresses.SequenceEqual(_addresses))
        {
            _record = Create();
            _addresses = addresses;
            _madeAt = node.Now;
        }

        return _record;
    }

    private bool IsDialable(PeerAddress address) => NetworkGroup.KindOf(address) switch
    {
        AddressKind.Public => true,
        AddressKind.Private or AddressKind.Loopback => node.Settings.Discovery.PrivateAddresses,
        _ => false,
    };

    private NodeRecord? Create()
    {
        try
        {
            return node.Node.CreateRecord();
        }
        catch (InvalidOperationException)
        {
            // The identity has no key. Such a node finds others, and is not found.
            return null;
        }
    }
}
