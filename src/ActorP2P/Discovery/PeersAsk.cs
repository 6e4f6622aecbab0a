using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Asks for the addresses of nodes.</summary>
/// <param name="Record">The asking node's own record; empty: it cannot be dialled.</param>
internal sealed record PeersAsk(byte[] Record) : IMessage<PeersAsk>
{
    public static ushort TypeCode => 0x0010;

    public void Write(IBufferWriter<byte> writer) => writer.Write(Record);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PeersAsk message)
    {
        message = new PeersAsk(payload.ToArray());
        return true;
    }
}
