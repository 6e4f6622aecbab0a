using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.MessagePack.Tests;

/// <summary>Any bytes with the type code of a move, as a faulty peer may send them.</summary>
public sealed record Bytes(byte[] Value) : IMessage<Bytes>
{
    public static ushort TypeCode => 0x0101;

    public void Write(IBufferWriter<byte> writer) => writer.Write(Value);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Bytes message)
    {
        message = new Bytes(payload.ToArray());
        return true;
    }
}
