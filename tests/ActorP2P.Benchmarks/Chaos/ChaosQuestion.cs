using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>A request of the chaos run.</summary>
/// <param name="Id">The promise's id in the ledger.</param>
/// <param name="ReplyBytes">How long the answer's body is; negative: the handler blocks its thread for ever.</param>
/// <param name="BodyBytes">How long the request's own body is.</param>
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
