using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The slots of peers that dial this node. When they are full, the least useful inbound peer makes room, as
/// <see cref="Eviction"/> decides. The ManagerActor uses it in its turns only.
/// </summary>
/// <param name="node">The node, whose settings have the numbers of slots.</param>
/// <param name="links">The node's links.</param>
internal sealed class InboundSlots(NodeContext node, LinkTable links)
{
    // Links that end at a time to make room. They no longer count as connections, so there must not be many.
    private const int MostMakingRoom = 16;

    private readonly ulong _salt = node.Random.SeedFor(NodeRandom.Purpose.Slots);

    /// <summary>Finds a slot for a connection, if necessary at the cost of another one.</summary>
    /// <param name="host">The host that has dialled.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public string? RefusalOf(string host)
    {
        if (IsFull(host))
        {
            return DetailOf(host);
        }

        if (links.Taken < node.Settings.MaxConnections
            && links.Inbound < node.Settings.Slots.MaxInboundOf(node.Settings.MaxConnections))
        {
            return null;
        }

        if (links.MakingRoom < MostMakingRoom && Choose(host) is { } leaving)
        {
            links.MakeRoom(leaving);
            leaving.Actor.Tell(new PeerMessages.End(
                DisconnectReason.TooManyConnections, "it makes room for another peer", IsFault: false));
            return null;
        }

        return $"{links.Taken} connections, {links.Inbound} inbound";
    }

    /// <summary>
    /// Ends a connection that is ready when its address group has all its slots already. Handshakes do not count, so
    /// that those who begin one cannot keep others of their group out.
    /// </summary>
    /// <returns>Whether it ends.</returns>
    public bool TryRefuse(Link link)
    {
        if (link.IsOutbound || !IsFull(link.Address.Host))
        {
            return false;
        }

        link.Actor.Tell(new PeerMessages.End(
            DisconnectReason.TooManyConnections, DetailOf(link.Address.Host), IsFault: false));
        return true;
    }

    private bool IsFull(string host) => !AddressGroup.IsOwn(host)
        && links.InboundOf(AddressGroup.Of(host)) >= node.Settings.Slots.InboundPerGroup;

    private static string DetailOf(string host) => $"all slots of {AddressGroup.Of(host)} are taken";

    private Link? Choose(string host)
    {
        InboundPeer[] peers = [.. links.All.Where(IsCandidate).Select(static link => new InboundPeer(
            link.Number, link.Group!, link.Remote.Counters.ReadyAt ?? TimeSpan.MaxValue,
            link.Remote.Counters.LeastRoundTrip, link.Remote.Counters.UsefulAt))];
        return Eviction.Choose(peers, AddressGroup.Of(host), _salt) is { } number
            && links.TryGet(number, out Link? chosen) ? chosen : null;
    }

    // Handles keep their connections, and members are who the node is for.
    private static bool IsCandidate(Link link) => link is { IsOpen: true, IsOutbound: false, IsCounted: true }
        && link.Remote is { Holders: 0, IsMember: false, IsLoggedIn: false };
}
