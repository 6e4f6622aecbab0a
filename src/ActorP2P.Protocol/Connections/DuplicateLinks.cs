using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// Leaves one link to each node. It knows only links that are ready and whose remote ids are proven, because a claimed
/// id must take nothing from another link. Of several links to a node one is used:
/// <list type="bullet">
/// <item>A link to a later start of the node, which has another instance id, replaces all others at once.</item>
/// <item>Two nodes may dial each other at the same time. While the older link is younger than
/// <see cref="Simultaneous"/>, the one is used that the node with the higher id has dialled.</item>
/// <item>Otherwise the older link stays in use if it answers a ping within <see cref="PingTimeout"/>. A silent one is
/// replaced by the newest.</item>
/// </list>
/// The node with the higher id closes the other links. The node with the lower id applies the same rules to choose the
/// link that it uses, but closes another only if the first node has not done so for <see cref="Patience"/>. Two nodes
/// that each closed the link that the other one keeps would have none.
/// </summary>
/// <param name="own">The id of this node.</param>
internal sealed class DuplicateLinks(NodeId own)
{
    /// <summary>How long a link may leave a ping unanswered before a newer link replaces it.</summary>
    public static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after a link has become ready a second one may be due to a dial at the same time: as long as a
    /// handshake may take.
    /// </summary>
    public static readonly TimeSpan Simultaneous = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the node with the lower id waits for the other one to close a link. The other one has decided after at
    /// most <see cref="PingTimeout"/>; the rest is for the way of its goodbye.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a link may wait beside the one that is used. It bounds what a node can open that answers no pings.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly Dictionary<NodeId, LinksToNode> _nodes = [];
    private readonly Dictionary<long, LinksToNode> _byLink = [];

    // Sorted, because their orders must not come in any other order.
    private readonly SortedDictionary<NodeId, LinksToNode> _waiting = [];
    private readonly Queue<LinkOrder> _orders = [];

    /// <summary>When <see cref="OnTimer"/> is next due; null when never.</summary>
    public TimeSpan? Deadline
    {
        get
        {
            TimeSpan? next = null;
            foreach (LinksToNode links in _waiting.Values)
            {
                next = WaitTime.Earliest(next, links.Deadline);
            }

            return next;
        }
    }

    /// <summary>The number of the link to a node that is used; null when there is none.</summary>
    public long? UsedFor(NodeId node) => _nodes.GetValueOrDefault(node)?.Used;

    /// <summary>A link is ready.</summary>
    /// <param name="now">The time.</param>
    /// <param name="link">Its number, higher than those of links that were made before.</param>
    /// <param name="node">The node at its other end, which is proven and is not this node.</param>
    /// <param name="instance">The instance id in that node's hello.</param>
    /// <param name="isOutbound">Whether this node dialled it.</param>
    public void OnReady(TimeSpan now, long link, NodeId node, ulong instance, bool isOutbound)
    {
        if (!_nodes.TryGetValue(node, out LinksToNode? links))
        {
            _nodes.Add(node, links = new LinksToNode(isDecider: own > node, _orders));
        }

        _byLink.Add(link, links);
        links.OnReady(now, new ReadyLink(link, instance, isOutbound == own > node, now));
        Note(node, links);
    }

    /// <summary>A link has ended, or nothing new begins on it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="link">Its number; a link that is not known changes nothing.</param>
    /// <param name="node">The node at its other end; null when it has proven no id.</param>
    public void OnGone(TimeSpan now, long link, NodeId? node)
    {
        if (node is { } id && _byLink.Remove(link, out LinksToNode? links))
        {
            links.OnGone(now, link);
            if (links.IsEmpty)
            {
                _nodes.Remove(id);
            }

            Note(id, links);
        }
    }

    /// <summary>A link has answered a ping that was sent after its order.</summary>
    public void OnAnswered(TimeSpan now, long link, NodeId node)
    {
        if (_byLink.TryGetValue(link, out LinksToNode? links))
        {
            links.OnAnswered(now, link);
            Note(node, links);
        }
    }

    /// <summary>Does what is due at <see cref="Deadline"/>. A call before that does nothing.</summary>
    public void OnTimer(TimeSpan now)
    {
        foreach ((NodeId node, LinksToNode links) in _waiting.ToArray())
        {
            links.OnTimer(now);
            Note(node, links);
        }
    }

    /// <summary>The next order to carry out, if there is one.</summary>
    public bool TryGetOrder([MaybeNullWhen(false)] out LinkOrder order) => _orders.TryDequeue(out order);

    private void Note(NodeId node, LinksToNode links)
    {
        if (links.Deadline is null)
        {
            _waiting.Remove(node);
        }
        else
        {
            _waiting[node] = links;
        }
    }
}
