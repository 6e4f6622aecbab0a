using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>The providers of a service that a node knows, and the nodes closest to the key of the service.</summary>
/// <param name="Nodes">The records of the nodes, the closest first.</param>
/// <param name="Providers">The records of the providers.</param>
internal sealed record FoundProviders(
    IReadOnlyList<ReadOnlyMemory<byte>> Nodes, IReadOnlyList<ReadOnlyMemory<byte>> Providers)
    : IMessage<FoundProviders>
{
    public static ushort TypeCode => DhtTypes.Providers;

    public void Write(IBufferWriter<byte> writer)
    {
        DhtFields.WriteNodes(writer, Nodes);
        DhtFields.WriteProviders(writer, Providers);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out FoundProviders message)
    {
        DhtFields? fields = DhtFields.Read(payload, DhtFieldSet.Nodes | DhtFieldSet.Providers);
        message = fields is not null ? new FoundProviders(fields.Nodes, fields.Providers) : null;
        return message is not null;
    }
}
