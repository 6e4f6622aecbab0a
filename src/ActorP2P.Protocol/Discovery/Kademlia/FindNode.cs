using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>Asks for the nodes closest to a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Own">The record of the node that asks; empty when it cannot be dialled.</param>
/// <param name="WantsRecord">Whether the record of the node that answers is wanted too.</param>
internal sealed record FindNode(DhtKey Key, ReadOnlyMemory<byte> Own, bool WantsRecord) : IMessage<FindNode>
{
    public static ushort TypeCode => DhtTypes.FindNode;

    public void Write(IBufferWriter<byte> writer)
    {
        DhtFields.Write(writer, Key);
        DhtFields.WriteOwn(writer, Own);
        if (WantsRecord)
        {
            DhtFields.WriteWantsRecord(writer);
        }
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out FindNode message)
    {
        DhtFields? fields =
            DhtFields.Read(payload, DhtFieldSet.Key | DhtFieldSet.Own | DhtFieldSet.WantsRecord);
        message = fields?.Key is { } key ? new FindNode(key, fields.Own, fields.WantsRecord) : null;
        return message is not null;
    }
}
