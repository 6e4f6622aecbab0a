using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.Messages;

/// <summary>A complete block that is announced to the whole mesh. On the wire: the bytes of the block.</summary>
/// <param name="Bytes">The block, which is not judged yet.</param>
public sealed record NewBlock(ReadOnlyMemory<byte> Bytes) : IMessage<NewBlock>
{
    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.NewBlock;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Bytes.Span);
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out NewBlock message)
    {
        message = payload.Length is < ChainFormat.MinBlockSize or > ChainFormat.MaxBlockSize
            ? null
            : new NewBlock(payload.ToArray());
        return message is not null;
    }
}
