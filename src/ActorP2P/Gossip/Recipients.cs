using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The links that broadcasts are sent on. Two nodes that dial each other have two, and a node that is dialled by several names has
/// more: until they are one, a broadcast goes over one of them. That is one that this node dialled, if there is one, and else the
/// oldest, so that whoever comes and claims another's id takes nothing from a link that was there before.
/// </summary>
internal sealed class Recipients
{
    private readonly SortedDictionary<long, Recipient> _links = [];

    /// <summary>All of them, in the order in which they came.</summary>
    public SortedDictionary<long, Recipient>.ValueCollection All => _links.Values;

    /// <summary>A link is ready.</summary>
    public void Add(Peer peer)
    {
        _links[peer.ConnectionId] = new Recipient(peer);
        Group(peer.ClaimedId);
    }

    /// <summary>A link is gone, or nothing new is begun on it.</summary>
    public void Remove(long link)
    {
        if (_links.Remove(link, out Recipient? gone))
        {
            Group(gone.ClaimedId);
        }
    }

    /// <summary>Finds a link.</summary>
    public bool TryGetValue(long link, [MaybeNullWhen(false)] out Recipient recipient) => _links.TryGetValue(link, out recipient);

    private void Group(ClaimedNodeId? id)
    {
        Recipient[] same = [.. _links.Values.Where(recipient => recipient.ClaimedId == id)];
        Recipient? first = same.FirstOrDefault(static recipient => recipient.IsOutbound) ?? same.FirstOrDefault();
        foreach (Recipient recipient in same)
        {
            recipient.Siblings = recipient == first ? Array.ConvertAll(same, static sibling => sibling.Link) : [];
        }
    }
}
