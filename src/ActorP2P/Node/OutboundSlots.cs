using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The slots of peers that this node dials, whoever wants the connection: <see cref="OutboundRules"/> decides. The
/// ManagerActor uses it in its turns only.
/// </summary>
/// <param name="node">The node, whose settings have the numbers of slots.</param>
/// <param name="links">The node's links.</param>
internal sealed class OutboundSlots(NodeContext node, LinkTable links)
{
    /// <summary>What a dial is for, if it succeeded.</summary>
    /// <param name="promises">Those who wait for it.</param>
    /// <param name="isPlanned">Whether the settings name the address.</param>
    public static PeerKind KindOf(IReadOnlyList<ConnectPromise> promises, bool isPlanned) => isPlanned
        ? PeerKind.Manual
        : promises.Where(static promise => !promise.IsCancelled).Select(static promise => promise.Kind)
            .DefaultIfEmpty(PeerKind.Feeler).Max();

    /// <summary>
    /// Decides whether an address is dialled for a caller, who is told if it is not. A dial for the program is always
    /// tried, because a slot may become free meanwhile.
    /// </summary>
    public bool MayDial(ConnectPromise promise)
    {
        string? full = promise.Kind == PeerKind.Manual ? null : RefusalOf(promise.Kind, promise.Address);
        if (full is not null)
        {
            promise.Fail(ConnectFailure.TooManyConnections, full);
        }

        return full is null;
    }

    /// <summary>Finds out whether there is a slot for a connection that was dialled.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="address">The address of the remote end.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public string? RefusalOf(PeerKind kind, PeerAddress address)
    {
        DiscoverySettings discovery = node.Settings.Discovery;
        OutboundRules rules = new(
            node.Settings.MaxConnections,
            discovery.IsOn && discovery.Role != NodeRole.Discovery ? discovery.Outbound : 0,
            node.Settings.Slots.OutboundPerGroup);
        return rules.RefusalOf(kind, NetworkGroup.Of(address), links.Taken, links.All
            .Where(static link => link is { IsOutbound: true, IsCounted: true, IsEnding: false })
            .Select(static link => new OutboundPeer(link.Remote.Kind, NetworkGroup.Of(link.Address))));
    }
}
