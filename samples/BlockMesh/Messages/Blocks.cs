using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;
using BlockMesh.Chain;

namespace BlockMesh.Messages;

/// <summary>
/// Blocks in the order of their heights; empty when the asked node has none to send now. On the wire: status, from u32,
/// and for each block its length u32 and its bytes.
/// </summary>
/// <param name="Status">What the answering node has.</param>
/// <param name="From">The height of the first block.</param>
/// <param name="Items">The bytes of each block, which are not judged yet.</param>
public sealed record Blocks(ChainStatus Status, int From, IReadOnlyList<ReadOnlyMemory<byte>> Items) : IMessage<Blocks>
{
    /// <summary>
    /// The most bytes of blocks in one reply, unless its first block alone is longer. It is small enough for a reply to
    /// take turns with others within the credit of a connection, and large enough that the early blocks of 215 bytes do
    /// not need a round trip each.
    /// </summary>
    public const int MostBytes = 500_000;

    private const int FixedSize = ChainStatus.Size + 4;
    private const int LengthSize = 4;

    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.Blocks;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> span = writer.GetSpan(FixedSize);
        Status.Write(span);
        BinaryPrimitives.WriteInt32BigEndian(span[ChainStatus.Size..], From);
        writer.Advance(FixedSize);
        foreach (ReadOnlyMemory<byte> item in Items)
        {
            BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(LengthSize), item.Length);
            writer.Advance(LengthSize);
            writer.Write(item.Span);
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Blocks message)
    {
        message = null;
        if (payload.Length < FixedSize || !ChainStatus.TryRead(payload, out ChainStatus status))
        {
            return false;
        }

        int from = BinaryPrimitives.ReadInt32BigEndian(payload[ChainStatus.Size..]);
        var items = new List<ReadOnlyMemory<byte>>();
        ReadOnlySpan<byte> rest = payload[FixedSize..];
        int total = 0;
        while (rest.Length > 0)
        {
            if (!TryReadItem(ref rest, out ReadOnlyMemory<byte> item))
            {
                return false;
            }

            items.Add(item);
            total += item.Length;
            if (items.Count > GetBlocks.MostBlocks || (items.Count > 1 && total > MostBytes))
            {
                return false;
            }
        }

        message = new Blocks(status, from, items);
        return from >= 0;
    }

    private static bool TryReadItem(ref ReadOnlySpan<byte> rest, out ReadOnlyMemory<byte> item)
    {
        item = default;
        if (rest.Length < LengthSize)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        rest = rest[LengthSize..];
        if (length is < ChainFormat.MinBlockSize or > ChainFormat.MaxBlockSize || length > rest.Length)
        {
            return false;
        }

        item = rest[..(int)length].ToArray();
        rest = rest[(int)length..];
        return true;
    }
}
