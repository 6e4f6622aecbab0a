using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>The nodes closest to a key that a node knows.</summary>
/// <param name="Own">The record of the node that answers; empty when it was not asked for, or there is none.</param>
/// <param name="Nodes">The records of the nodes, the closest first.</param>
internal sealed record FoundNodes(ReadOnlyMemory<byte> Own, IReadOnlyList<ReadOnlyMemory<byte>> Nodes)
    : IMessage<FoundNodes>
{
    public static ushort TypeCode => DhtTypes.Nodes;

    public void Write(IBufferWriter<byte> writer)
    {
        DhtFields.WriteOwn(writer, Own);
        DhtFields.WriteNodes(writer, Nodes);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out FoundNodes message)
    {
        DhtFields? fields = DhtFields.Read(payload, DhtFieldSet.Own | DhtFieldSet.Nodes);
        message = fields is not null ? new FoundNodes(fields.Own, fields.Nodes) : null;
        return message is not null;
    }
}
