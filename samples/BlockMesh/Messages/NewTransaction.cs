using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.Messages;

/// <summary>A transaction that is announced to the whole mesh. On the wire: the bytes of the transaction.</summary>
/// <param name="Bytes">The transaction, which is not judged yet.</param>
public sealed record NewTransaction(ReadOnlyMemory<byte> Bytes) : IMessage<NewTransaction>
{
    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.NewTransaction;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Bytes.Span);
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out NewTransaction message)
    {
        message = payload.Length is < ChainFormat.MinTransactionSize or > ChainFormat.MaxTransactionSize
            ? null
            : new NewTransaction(payload.ToArray());
        return message is not null;
    }
}
