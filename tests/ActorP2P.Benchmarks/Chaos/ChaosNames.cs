using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>How the nodes of a chaos run are called and known to each other.</summary>
internal static class ChaosNames
{
    /// <summary>The network of the run: that of <see cref="Handshake"/>, whose far ends take part in bursts.</summary>
    public const string Network = "bench";

    private const string Domain = ".chaos";

    /// <summary>The host name of a node.</summary>
    public static string HostOf(int node) => string.Create(CultureInfo.InvariantCulture, $"node-{node}{Domain}");

    /// <summary>The identity of a node, whatever process it lives in.</summary>
    public static NodeId IdOf(int node)
    {
        byte[] bytes = new byte[NodeId.Size];
        bytes.AsSpan().Fill(0xc4);
        bytes[^1] = (byte)node;
        return new NodeId(bytes);
    }

    /// <summary>Which node an identity is of; null for one that is no node of the run.</summary>
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
