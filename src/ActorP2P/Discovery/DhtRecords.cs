using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The records that a node sends and receives in the distributed hash table. It is a part of the <see cref="DhtActor"/>
/// and used in its turns only.
/// </summary>
internal sealed class DhtRecords(NodeContext node, DhtState state)
{
    // A record's time shows that its node was there then; the addresses may change too.
    private static readonly TimeSpan s_renewAfter = DhtLimits.CheckAfter;

    private ReadOnlyMemory<byte> _own;
    private TimeSpan _madeAt;

    private long UnixNow => node.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>This node's record; empty when nobody can dial it.</summary>
    public ReadOnlyMemory<byte> Own
    {
        get
        {
            if (node.AnnouncedAddresses.Count == 0)
            {
                return default;
            }

            if (_own.IsEmpty || node.Now - _madeAt >= s_renewAfter)
            {
                (_own, _madeAt) = (node.Node.CreateRecord().Bytes, node.Now);
            }

            return _own;
        }
    }

    /// <summary>A record that says that this node offers a service; empty when nobody can dial it.</summary>
    public ReadOnlyMemory<byte> OfProvider(string service) =>
        node.AnnouncedAddresses.Count == 0 ? default : node.Node.CreateRecord([service]).Bytes;

    /// <summary>Reads the record that a peer has sent of itself; null when there is none or it is wrong.</summary>
    public DhtContact? OfPeer(Peer peer, ReadOnlyMemory<byte> bytes, DhtFaultCounts faults)
    {
        if (bytes.IsEmpty || peer.Id is null)
        {
            return null;
        }

        if (!state.Reader.TryRead(bytes, IsFromInternet(peer), UnixNow, out DhtContact? contact, out DhtFault fault))
        {
            faults.Add(fault);
            return null;
        }

        if (contact.Id != peer.Id)
        {
            faults.Add(DhtFault.BadRecord);
            return null;
        }

        return contact;
    }

    /// <summary>Reads the records of nodes that a peer has named. Wrong ones are left out and counted.</summary>
    public IReadOnlyList<DhtContact> Nodes(
        Peer peer, IReadOnlyList<ReadOnlyMemory<byte>> records, DhtFaultCounts faults)
    {
        List<DhtContact> right = [];
        foreach (ReadOnlyMemory<byte> record in records)
        {
            if (state.Reader.TryRead(
                record, IsFromInternet(peer), UnixNow, out DhtContact? contact, out DhtFault fault))
            {
                right.Add(contact);
            }
            else
            {
                faults.Add(fault);
            }
        }

        return right;
    }

    /// <summary>Reads the records of providers that a peer has named. Wrong ones are left out and counted.</summary>
    public IReadOnlyList<DhtContact> Providers(
        Peer peer, DhtKey key, IReadOnlyList<ReadOnlyMemory<byte>> records, DhtFaultCounts faults)
    {
        List<DhtContact> right = [];
        foreach (DhtContact contact in Nodes(peer, records, faults))
        {
            if (state.Reader.IsProvider(contact, key, UnixNow, out DhtFault fault))
            {
                right.Add(contact);
            }
            else
            {
                faults.Add(fault);
            }
        }

        return right;
    }

    /// <summary>Whether the record of a provider says that it offers the service now.</summary>
    public bool IsProvider(DhtContact contact, DhtKey key, out DhtFault fault) =>
        state.Reader.IsProvider(contact, key, UnixNow, out fault);

    // A peer of this machine or of a private network may name addresses there.
    private static bool IsFromInternet(Peer peer) => !DhtGroups.IsPrivate(peer.Address.Host);
}
