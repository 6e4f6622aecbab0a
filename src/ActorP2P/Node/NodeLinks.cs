using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Leaves one link to each node that has proven its id, as <see cref="DuplicateLinks"/> decides. The ManagerActor uses
/// it in its turns only.
/// </summary>
internal sealed class NodeLinks
{
    private readonly NodeContext _node;
    private readonly LinkTable _links;
    private readonly Action<Link> _show;
    private readonly Action<Link> _replace;
    private readonly DuplicateLinks _duplicates;
    private readonly ActorTimer _due;

    /// <param name="node">The node.</param>
    /// <param name="links">The node's links.</param>
    /// <param name="manager">The manager, which is told when something is due.</param>
    /// <param name="show">Called with a link that is used from now on.</param>
    /// <param name="replace">Called with a link that is to be closed, because another one is used.</param>
    public NodeLinks(
        NodeContext node, LinkTable links, IActorRef manager, Action<Link> show, Action<Link> replace)
    {
        (_node, _links, _show, _replace) = (node, links, show, replace);
        _duplicates = new DuplicateLinks(node.Id);
        _due = new ActorTimer(node.TimeProvider, manager, ManagerMessages.DuplicatesDue.Instance);
    }

    /// <summary>The link to a node that is used; null when there is none.</summary>
    public Link? UsedFor(NodeId node) =>
        _duplicates.UsedFor(node) is { } number && _links.TryGet(number, out Link? link) ? link : null;

    /// <summary>Whether there is a link to a node that has proven its id.</summary>
    public bool IsLinked(NodeId? node) => node is { } id && _duplicates.UsedFor(id) is not null;

    /// <summary>The link that is used to the node of another link, if that has proven its id; null when none.</summary>
    public Link? Beside(Link link) =>
        link.Peer?.Id is { } id && UsedFor(id) is { } used && used != link ? used : null;

    /// <summary>A link's handshake is complete, and its node has proven its id.</summary>
    public void OnReady(Link link, NodeId node)
    {
        _duplicates.OnReady(_node.Now, link.Number, node, link.Remote.InstanceId, link.IsOutbound);
        CarryOut();
    }

    /// <summary>A link has ended, or nothing new begins on it.</summary>
    public void OnGone(Link link)
    {
        _duplicates.OnGone(_node.Now, link.Number, link.Peer?.Id);
        CarryOut();
    }

    /// <summary>A link has answered its ping.</summary>
    public void OnAnswered(long number)
    {
        if (_links.TryGet(number, out Link? link) && link.Peer?.Id is { } id)
        {
            _duplicates.OnAnswered(_node.Now, number, id);
            CarryOut();
        }
    }

    /// <summary>The timer has fired.</summary>
    public void OnDue()
    {
        _duplicates.OnTimer(_node.Now);
        CarryOut();
    }

    /// <summary>Stops the timer, because the manager ends.</summary>
    public void Stop() => _due.Stop();

    private void CarryOut()
    {
        while (_duplicates.TryGetOrder(out LinkOrder order))
        {
            if (!_links.TryGet(order.Link, out Link? link))
            {
                continue;
            }

            switch (order.Kind)
            {
                case LinkOrderKind.Use:
                    _show(link);
                    break;
                case LinkOrderKind.Ping:
                    link.Actor.Tell(PeerMessages.Probe.Instance);
                    break;
                case LinkOrderKind.Close:
                    _replace(link);
                    break;
            }
        }

        if (_duplicates.Deadline is { } deadline)
        {
            _due.Start(deadline - _node.Now);
        }
    }
}
