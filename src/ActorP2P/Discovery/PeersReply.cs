using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The answer to <see cref="PeersAsk"/>.</summary>
/// <param name="Role">What the answering node is for. One that this node does not know counts as a normal one.</param>
/// <param name="Records">The answering node's own record, if it has one, and records of others.</param>
internal sealed record PeersReply(NodeRole Role, IReadOnlyList<byte[]> Records) : IMessage<PeersReply>
{
    public static ushort TypeCode => 0x0011;

    public void Write(IBufferWriter<byte> writer)
    {
        writer.Write([(byte)Role]);
        RecordList.Write(Records, writer);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PeersReply message)
    {
        message = payload is [var role, .. var rest]
            && RecordList.TryRead(rest, 1 + AnswerCache.MostRecords, out List<byte[]> records)
            ? new PeersReply((NodeRole)role, records)
            : null;
        return message is not null;
    }
}
