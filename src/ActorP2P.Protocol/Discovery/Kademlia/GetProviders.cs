using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>Asks for the providers of a service, and for the nodes closest to its key.</summary>
/// <param name="Key">The key of the service.</param>
/// <param name="Own">The record of the node that asks; empty when it cannot be dialled.</param>
internal sealed record GetProviders(DhtKey Key, ReadOnlyMemory<byte> Own) : IMessage<GetProviders>
{
    public static ushort TypeCode => DhtTypes.GetProviders;

    public void Write(IBufferWriter<byte> writer)
    {
        DhtFields.Write(writer, Key);
        DhtFields.WriteOwn(writer, Own);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out GetProviders message)
    {
        DhtFields? fields = DhtFields.Read(payload, DhtFieldSet.Key | DhtFieldSet.Own);
        message = fields?.Key is { } key ? new GetProviders(key, fields.Own) : null;
        return message is not null;
    }
}
