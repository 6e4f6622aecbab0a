using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Tells a peer fresh addresses of nodes, without being asked.</summary>
/// <param name="Records">Records of nodes.</param>
internal sealed record PeersTold(IReadOnlyList<byte[]> Records) : IMessage<PeersTold>
{
    public static ushort TypeCode => 0x0012;

    public void Write(IBufferWriter<byte> writer) => RecordList.Write(Records, writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PeersTold message)
    {
        message = RecordList.TryRead(payload, AnswerCache.MostRecords, out List<byte[]> records)
            ? new PeersTold(records)
            : null;
        return message is not null;
    }
}
