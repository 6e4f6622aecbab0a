using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The broadcast message of a chaos run.</summary>
/// <param name="Id">The id of the broadcast in the ledger.</param>
/// <param name="BodyBytes">The length of the body that follows the id, in bytes.</param>
internal sealed record ChaosNews(ulong Id, int BodyBytes) : IMessage<ChaosNews>
{
    public static ushort TypeCode => 0x4304;

    public void Write(IBufferWriter<byte> writer)
    {
        BinaryPrimitives.WriteUInt64BigEndian(writer.GetSpan(sizeof(ulong)), Id);
        writer.Advance(sizeof(ulong));
        writer.Write(new byte[BodyBytes]);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ChaosNews message)
    {
        message = payload.Length < sizeof(ulong)
            ? null
            : new ChaosNews(BinaryPrimitives.ReadUInt64BigEndian(payload), payload.Length - sizeof(ulong));
        return message is not null;
    }
}
