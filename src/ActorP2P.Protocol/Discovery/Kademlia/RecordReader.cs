using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// Reads the records of nodes that other nodes send, and checks them. A record that was read before is not checked
/// again, because the same few are in most answers and a signature takes a tenth of a millisecond.
/// </summary>
/// <param name="networkId">The network that they must be of.</param>
/// <param name="signer">Checks the signatures.</param>
internal sealed class RecordReader(string networkId, ISigner signer)
{
    /// <summary>Records that are remembered: at most 4 MiB of them.</summary>
    public const int MostRemembered = 4096;

    private readonly Dictionary<DhtKey, DhtContact> _remembered = [];
    private readonly Queue<DhtKey> _order = new();

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="fromInternet">
    /// Whether the sender is reached through the Internet. It then names nodes that are reached so too.
    /// </param>
    /// <param name="unixNow">The time, in milliseconds since 1970.</param>
    /// <param name="contact">The node.</param>
    /// <param name="fault">What is wrong with the record.</param>
    public bool TryRead(
        ReadOnlyMemory<byte> bytes, bool fromInternet, long unixNow, [NotNullWhen(true)] out DhtContact? contact,
        out DhtFault fault)
    {
        DhtKey hash = DhtKey.HashOf(bytes.Span);
        if (!_remembered.TryGetValue(hash, out contact))
        {
            if (!NodeRecord.TryRead(bytes.Span, out NodeRecord? record, out RecordFault recordFault, signer))
            {
                fault = recordFault == RecordFault.NotSigned ? DhtFault.NotSigned : DhtFault.BadRecord;
                return false;
            }

            contact = new DhtContact(record);
            Remember(hash, contact);
        }

        DhtFault? found = FaultOf(contact.Record, fromInternet, unixNow);
        fault = found.GetValueOrDefault();
        contact = found is null ? contact : null;
        return found is null;
    }

    /// <summary>Whether the record of a provider names a service that has this key, and is not too old.</summary>
    public bool IsProvider(DhtContact contact, DhtKey key, long unixNow, out DhtFault fault)
    {
        TimeSpan most = DhtLimits.ProviderLifetime + DhtLimits.MostAhead;
        bool isOld = contact.Record.UnixMilliseconds < unixNow - (long)most.TotalMilliseconds;
        fault = isOld ? DhtFault.Stale : DhtFault.NotProvider;
        return !isOld && contact.Record.Services.Any(service => DhtKey.OfService(networkId, service) == key);
    }

    private DhtFault? FaultOf(NodeRecord record, bool fromInternet, long unixNow) =>
        record.NetworkId != networkId ? DhtFault.OtherNetwork
        : record.UnixMilliseconds > unixNow + (long)DhtLimits.MostAhead.TotalMilliseconds ? DhtFault.FutureDated
        : record.Addresses.Count == 0 ? DhtFault.Unroutable
        : fromInternet && record.Addresses.All(static address => DhtGroups.IsPrivate(address.Host))
            ? DhtFault.Unroutable
        : null;

    private void Remember(DhtKey hash, DhtContact contact)
    {
        if (_order.Count == MostRemembered)
        {
            _remembered.Remove(_order.Dequeue());
        }

        _order.Enqueue(hash);
        _remembered.Add(hash, contact);
    }
}
