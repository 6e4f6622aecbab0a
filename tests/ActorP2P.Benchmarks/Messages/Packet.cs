using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Bytes as a typed message that an application would define for itself. The receiver copies them into a new object.
/// </summary>
internal sealed class Packet(byte[] bytes) : IMessage<Packet>
{
    public static ushort TypeCode => 0x4201;

    public byte[] Bytes => bytes;

    public void Write(IBufferWriter<byte> writer) => writer.Write(bytes);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Packet message)
    {
        message = new Packet(payload.ToArray());
        return true;
    }
}
