using System.Net;
using ActorP2P;

namespace BlockMesh.Mesh;

/// <summary>Keeps in mind which of the nodes that are dialled are not reached, and why.</summary>
internal sealed class OutboundLinks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerAddress, UnreachableNode> _unreachable = [];

    /// <summary>The nodes that are not reached, by their addresses.</summary>
    public IReadOnlyList<UnreachableNode> Unreachable
    {
        get
        {
            lock (_gate)
            {
                return [.. _unreachable.Values.OrderBy(node => node.Address.ToString(), StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>What an event says of a node that is dialled; null where it says that none was missed.</summary>
    public static UnreachableNode? Read(NodeEvent happened) => happened switch
    {
        DialFailed failed => new UnreachableNode(failed.Address, $"{failed.Reason}", failed.Detail),
        PeerRefused { IsOutbound: true } refused =>
            new UnreachableNode(refused.Address, $"{refused.End.Reason}", refused.End.Detail),
        _ => null,
    };

    /// <summary>Reads events until the node has stopped.</summary>
    public async Task WatchAsync(NodeEvents events)
    {
        await foreach (NodeEvent happened in events)
        {
            lock (_gate)
            {
                if (Read(happened) is { } node)
                {
                    _unreachable[node.Address] = node;
                }
                else if (happened is PeerConnected { Peer: { IsOutbound: true } peer })
                {
                    Forget(peer.Address);
                }
            }
        }
    }

    // What was dialled may have been a name; the connection knows its address only, and the port is the same.
    private void Forget(PeerAddress reached)
    {
        foreach (PeerAddress address in _unreachable.Keys.Where(address => address == reached
            || (address.Port == reached.Port && !IPAddress.TryParse(address.Host, out _))).ToArray())
        {
            _unreachable.Remove(address);
        }
    }
}
