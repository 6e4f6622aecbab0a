using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Tests.Streams;

/// <summary>A request that opens a stream: for so many bytes, or to send them.</summary>
public sealed record GetBytes(int Count) : IMessage<GetBytes>
{
    public static ushort TypeCode => 0x5601;

    public void Write(IBufferWriter<byte> writer)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(sizeof(int)), Count);
        writer.Advance(sizeof(int));
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out GetBytes message)
    {
        message = payload.Length == sizeof(int) ? new GetBytes(BinaryPrimitives.ReadInt32BigEndian(payload)) : null;
        return message is not null;
    }
}
