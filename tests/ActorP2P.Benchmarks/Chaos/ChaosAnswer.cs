using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The answer to a <see cref="ChaosQuestion"/>.</summary>
/// <param name="Id">The id of the request in the ledger.</param>
/// <param name="BodyBytes">The length of the body that follows the id, in bytes.</param>
internal sealed record ChaosAnswer(ulong Id, int BodyBytes) : IMessage<ChaosAnswer>
{
    public static ushort TypeCode => 0x4302;

    public void Write(IBufferWriter<byte> writer)
    {
        BinaryPrimitives.WriteUInt64BigEndian(writer.GetSpan(sizeof(ulong)), Id);
        writer.Advance(sizeof(ulong));
        writer.Write(new byte[BodyBytes]);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ChaosAnswer message)
    {
        message = payload.Length < sizeof(ulong)
            ? null
            : new ChaosAnswer(BinaryPrimitives.ReadUInt64BigEndian(payload), payload.Length - sizeof(ulong));
        return message is not null;
    }
}
