using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The request of a chaos run.</summary>
/// <param name="Id">The id of the ask in the ledger.</param>
/// <param name="ReplyBytes">
/// The length of the answer's body in bytes. A negative number makes the handler block its thread for ever.
/// </param>
/// <param name="BodyBytes">The length of the request's own body in bytes.</param>
internal sealed record ChaosQuestion(ulong Id, int ReplyBytes, int BodyBytes) : IMessage<ChaosQuestion>
{
    private const int Head = sizeof(ulong) + sizeof(int);

    public static ushort TypeCode => 0x4301;

    public void Write(IBufferWriter<byte> writer)
    {
        Span<byte> span = writer.GetSpan(Head);
        BinaryPrimitives.WriteUInt64BigEndian(span, Id);
        BinaryPrimitives.WriteInt32BigEndian(span[sizeof(ulong)..], ReplyBytes);
        writer.Advance(Head);
        writer.Write(new byte[BodyBytes]);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ChaosQuestion message)
    {
        message = payload.Length < Head ? null : new ChaosQuestion(
            BinaryPrimitives.ReadUInt64BigEndian(payload),
            BinaryPrimitives.ReadInt32BigEndian(payload[sizeof(ulong)..]),
            payload.Length - Head);
        return message is not null;
    }
}
