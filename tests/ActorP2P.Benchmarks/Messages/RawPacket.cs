using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>Bytes that the receiver reads in place, without creating an object.</summary>
internal sealed class RawPacket(byte[] bytes) : IMessage
{
    public const ushort TypeCode = 0x4202;

    public ushort MessageType => TypeCode;

    public void Write(IBufferWriter<byte> writer) => writer.Write(bytes);
}
