using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Checks that every close has a reason, both in the nodes' events and on the wire, where no stream ends in order
/// without a goodbye. Nodes that all run this software never accuse each other of breaking the protocol, and none fails
/// by itself.
/// </summary>
public sealed class ReasonedCloses : Checker
{
    private readonly HashSet<long> _ending = [];

    /// <inheritdoc/>
    protected internal override void OnFrame(in WireFrame frame)
    {
        if (frame.Header.Kind != FrameKind.Goodbye)
        {
            return;
        }

        _ending.Add(frame.Connection);
        ReadOnlySpan<byte> payload = frame.PayloadStart.Span;
        ushort code = payload.Length >= sizeof(ushort) ? BinaryPrimitives.ReadUInt16BigEndian(payload) : (ushort)0;
        if (!Enum.IsDefined((DisconnectReason)code) || code > byte.MaxValue)
        {
            Fail($"{frame} has the unknown reason {code:x}.", frame.Source, frame.Destination);
        }
    }

    /// <inheritdoc/>
    protected internal override void OnNetwork(in NetworkEvent happened)
    {
        if (happened.Kind is NetworkEventKind.Reset or NetworkEventKind.TimedOut)
        {
            _ending.Add(happened.Connection);
        }
        else if (happened.Kind == NetworkEventKind.Finished && _ending.Add(happened.Connection))
        {
            Fail($"{happened.Source} ended its stream to {happened.Destination} without a goodbye.", happened.Source,
                happened.Destination);
        }
    }

    /// <inheritdoc/>
    protected internal override void OnNodeEvent(ClusterNode node, NodeEvent happened)
    {
        ArgumentNullException.ThrowIfNull(node);
        Disconnect? end = happened switch
        {
            PeerDisconnected gone => gone.End,
            PeerRefused refused => refused.End,
            _ => null,
        };
        if (end is not null && !IsReason(end.Reason))
        {
            Fail($"{node.Name} lost a peer for a reason that must not occur: {end}.", node.Name);
        }
    }

    private static bool IsReason(DisconnectReason reason) => Enum.IsDefined(reason)
        && reason is not (DisconnectReason.OtherReason or DisconnectReason.InternalError)
        && reason is < DisconnectReason.NotThisProtocol or >= DisconnectReason.ConnectionLost;
}
