using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>Asks for a block and those before it.</summary>
/// <param name="From">The hash of the block; 0: the tip of the asked node.</param>
internal sealed record GetChain(ulong From) : IMessage<GetChain>
{
    public static ushort TypeCode => 0xEA11;

    public void Write(IBufferWriter<byte> writer)
    {
        BinaryPrimitives.WriteUInt64BigEndian(writer.GetSpan(sizeof(ulong)), From);
        writer.Advance(sizeof(ulong));
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out GetChain message)
    {
        message = payload.Length != sizeof(ulong) ? null : new GetChain(BinaryPrimitives.ReadUInt64BigEndian(payload));
        return message is not null;
    }
}
