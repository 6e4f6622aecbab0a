using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>Asks to keep the record of a provider: of the node that asks.</summary>
/// <param name="Key">The key of the service.</param>
/// <param name="Own">The record of the node, which names the service.</param>
internal sealed record AddProvider(DhtKey Key, ReadOnlyMemory<byte> Own) : IMessage<AddProvider>
{
    public static ushort TypeCode => DhtTypes.AddProvider;

    public void Write(IBufferWriter<byte> writer)
    {
        DhtFields.Write(writer, Key);
        DhtFields.WriteOwn(writer, Own);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out AddProvider message)
    {
        DhtFields? fields = DhtFields.Read(payload, DhtFieldSet.Key | DhtFieldSet.Own);
        message = fields is { Key: { } key, Own.IsEmpty: false } ? new AddProvider(key, fields.Own) : null;
        return message is not null;
    }
}
