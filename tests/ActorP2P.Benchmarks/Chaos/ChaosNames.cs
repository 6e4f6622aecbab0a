using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The names and the identities of the nodes of a chaos run.</summary>
internal static class ChaosNames
{
    /// <summary>
    /// The network of the run. It equals that of <see cref="Handshake"/>, whose far ends take part in the bursts.
    /// </summary>
    public const string Network = "bench";

    private const string Domain = ".chaos";

    /// <summary>The host name of a node.</summary>
    public static string HostOf(int node) => string.Create(CultureInfo.InvariantCulture, $"node-{node}{Domain}");

    /// <summary>The identity of a node; it stays the same when the node gets a new process.</summary>
    public static NodeId IdOf(int node)
    {
        byte[] bytes = new byte[NodeId.Size];
        bytes.AsSpan().Fill(0xc4);
        bytes[^1] = (byte)node;
        return new NodeId(bytes);
    }

    /// <summary>The number of the node with this identity; null when the peer is no node of the run.</summary>
    public static int? NodeOf(Peer peer, int nodes)
    {
        for (int node = 0; node < nodes; node++)
        {
            if (peer.ClaimedId is { } claimed && claimed.Equals(new ClaimedNodeId(IdOf(node))))
            {
                return node;
            }
        }

        return null;
    }
}
