using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The links on which broadcasts are sent. Two nodes whose ids are not proven may have several links to each other,
/// for instance because each dials the other. A broadcast uses only one link to a node: one that this node dialled, if
/// there is one, and otherwise the oldest. A newcomer that claims another node's id thus takes nothing from an existing
/// link.
/// </summary>
internal sealed class Recipients
{
    private readonly SortedDictionary<long, Recipient> _links = [];

    // The links of each node, by the id that it claims, in the order of their numbers. Nearly all nodes have one link,
    // for which an array takes a fifth of what a sorted collection does.
    private readonly Dictionary<ClaimedNodeId, Recipient[]> _byNode = [];

    // The links in an array, because each broadcast of each turn goes through all of them. Null: to be made anew.
    private Recipient[]? _all;

    /// <summary>All links, in the order in which they became ready.</summary>
    public Recipient[] All => _all ??= [.. _links.Values];

    /// <summary>Whether there are links besides this one.</summary>
    public bool HasOthers(long link) => _links.Count > 1 || (_links.Count == 1 && !_links.ContainsKey(link));

    /// <summary>A link is ready.</summary>
    public void Add(Peer peer)
    {
        Recipient recipient = new(peer);
        _all = null;
        _links[peer.ConnectionId] = recipient;
        Recipient[] before = _byNode.GetValueOrDefault(recipient.ClaimedId, []);
        SetLinks(recipient.ClaimedId, [.. before.Append(recipient).OrderBy(static one => one.Link)]);
    }

    /// <summary>A link is gone, or it drains.</summary>
    public void Remove(long link)
    {
        if (!_links.Remove(link, out Recipient? gone))
        {
            return;
        }

        _all = null;
        SetLinks(gone.ClaimedId, [.. _byNode[gone.ClaimedId].Where(one => one != gone)]);
    }

    /// <summary>Finds a link.</summary>
    public bool TryGetValue(long link, [MaybeNullWhen(false)] out Recipient recipient) =>
        _links.TryGetValue(link, out recipient);

    /// <summary>The link that broadcasts use to the node of a link that has ended; null when there is none.</summary>
    public Recipient? Beside(Peer ended) => ended.ClaimedId is { } id && _byNode.TryGetValue(id, out var same)
        ? same.FirstOrDefault(link => link.Link != ended.ConnectionId && link.Siblings.Length > 0)
            ?? same.FirstOrDefault(link => link.Link != ended.ConnectionId)
        : null;

    private void SetLinks(ClaimedNodeId node, Recipient[] same)
    {
        if (same.Length == 0)
        {
            _byNode.Remove(node);
            return;
        }

        _byNode[node] = same;
        long[] links = [.. same.Select(static recipient => recipient.Link)];
        Recipient first = same.FirstOrDefault(static recipient => recipient.IsOutbound) ?? same[0];
        foreach (Recipient recipient in same)
        {
            recipient.Siblings = recipient == first ? links : [];
        }
    }
}
