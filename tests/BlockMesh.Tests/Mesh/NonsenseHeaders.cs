using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Tests.Mesh;

/// <summary>A reply with the type code of headers whose bytes are not headers.</summary>
internal sealed record NonsenseHeaders : IMessage<NonsenseHeaders>
{
    public static ushort TypeCode => MessageCodes.Headers;

    public void Write(IBufferWriter<byte> writer) => writer.Write("nonsense"u8);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out NonsenseHeaders message)
    {
        message = new NonsenseHeaders();
        return true;
    }
}
