using System.Net;
using ActorP2P;

namespace BlockMesh.Mesh;

/// <summary>Remembers which of the dialled nodes cannot be reached, and why.</summary>
internal sealed class OutboundLinks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerAddress, UnreachableNode> _unreachable = [];

    /// <summary>The nodes that cannot be reached, by address.</summary>
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

    /// <summary>Returns the dialled node that an event reports as not reached; null for any other event.</summary>
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

    // The dialled address may have been a name, while the connection has an IP address. The port is the same.
    private void Forget(PeerAddress reached)
    {
        foreach (PeerAddress address in _unreachable.Keys.Where(address => address == reached
            || (address.Port == reached.Port && !IPAddress.TryParse(address.Host, out _))).ToArray())
        {
            _unreachable.Remove(address);
        }
    }
}
