namespace ActorP2P;

/// <summary>Why a node does not take an address, or a record with addresses, that it was told.</summary>
public enum RecordRefusal
{
    /// <summary>The record is longer than <see cref="NodeRecord.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>The bytes are not a record, or one of a format that this version does not know.</summary>
    Malformed,

    /// <summary>An address of the record cannot be dialled: it has port 0, or is written in an unusual way.</summary>
    InvalidAddress,

    /// <summary>The node that the record names has not signed it.</summary>
    NotSigned,

    /// <summary>
    /// The record belongs to another network, or a node of another network was there when the address was dialled.
    /// </summary>
    OtherNetwork,

    /// <summary>It is the node's own record, or the node itself was there when the address was dialled.</summary>
    Own,

    /// <summary>A newer record of the node is known.</summary>
    Older,

    /// <summary>The record was made more than ten minutes in the future.</summary>
    FutureDated,

    /// <summary>The record was made more than 30 days ago.</summary>
    Stale,

    /// <summary>The address is a name. Only IP addresses are passed on.</summary>
    Name,

    /// <summary>
    /// The address is private or of the own machine, and the settings do not allow such addresses
    /// (<see cref="DiscoverySettings.PrivateAddresses"/>).
    /// </summary>
    Private,

    /// <summary>The address belongs to no host: it is for documentation or for many receivers, for instance.</summary>
    Unroutable,

    /// <summary>The places that the address may have in the book are taken.</summary>
    NoPlace,

    /// <summary>The peer has told more than a peer may tell without being asked.</summary>
    TooMany,

    /// <summary>A DNS name had more addresses or texts than are used of one name.</summary>
    DnsTooMany,

    /// <summary>A DNS name had nothing.</summary>
    DnsNothing,

    /// <summary>A DNS name could not be looked up in time.</summary>
    DnsFailed,

    /// <summary>A peer that was asked for addresses has not answered in time, or not with addresses.</summary>
    NotAnswered,
}
