namespace ActorP2P;

/// <summary>
/// What a connection is for. The kind decides which limits a dial is subject to and when the connection is closed. A
/// connection that serves several purposes has the kind that comes last here.
/// </summary>
public enum PeerKind
{
    /// <summary>
    /// The other node has dialled it. It has an inbound slot (<see cref="SlotSettings.MaxInbound"/>).
    /// </summary>
    Inbound,

    /// <summary>
    /// Discovery has dialled it to learn whether the address works, and closes it at once. There is one at a time, and
    /// it never takes a slot that a wanted connection lacks.
    /// </summary>
    Feeler,

    /// <summary>
    /// A short connection beside those that are wanted: to ask for addresses, to look something up in the distributed
    /// hash table, or to take the place of a regular one. All but one leave the slots that wanted connections lack.
    /// </summary>
    Extra,

    /// <summary>
    /// One of the connections that discovery wants to have: together with manual ones at most
    /// <see cref="DiscoverySettings.Outbound"/>, and <see cref="SlotSettings.OutboundPerGroup"/> to one network.
    /// </summary>
    Regular,

    /// <summary>
    /// The program wants it, by its settings, a handle or <c>ConnectAsync</c>. Only the total number of connections
    /// limits it, and only the program closes it.
    /// </summary>
    Manual,
}
