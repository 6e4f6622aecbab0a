using System.Collections.Immutable;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What the ManagerActor publishes to other threads: immutable snapshots and events. Only the manager writes it.
/// </summary>
internal sealed class NodeBoard(NodeId node, string? nodeName)
{
    private ImmutableArray<NodeEvents> _subscribers = [];
    private volatile IReadOnlyList<Peer> _peers = [];
    private volatile IReadOnlyList<PeerAddress> _listenAddresses = [];
    private volatile bool _closed;

    public IReadOnlyList<Peer> Peers
    {
        get => _peers;
        set => _peers = value;
    }

    public IReadOnlyList<PeerAddress> ListenAddresses
    {
        get => _listenAddresses;
        set => _listenAddresses = value;
    }

    public NodeEvents Subscribe(int capacity)
    {
        NodeEvents events = new(
            node, nodeName, capacity, gone => ImmutableInterlocked.Update(ref _subscribers, list => list.Remove(gone)));
        ImmutableInterlocked.Update(ref _subscribers, list => list.Add(events));
        if (_closed)
        {
            events.Complete();
        }

        return events;
    }

    public void Publish(NodeEvent nodeEvent)
    {
        foreach (NodeEvents subscriber in _subscribers)
        {
            subscriber.Publish(nodeEvent);
        }
    }

    public void Close()
    {
        _closed = true;
        _peers = [];
        foreach (NodeEvents subscriber in _subscribers)
        {
            subscriber.Complete();
        }
    }
}
