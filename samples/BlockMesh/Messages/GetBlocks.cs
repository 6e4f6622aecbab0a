using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;

namespace BlockMesh.Messages;

/// <summary>Asks for blocks; the answer is <see cref="Blocks"/>. On the wire: from u32, max u16, big-endian.</summary>
/// <param name="From">The height of the first block.</param>
/// <param name="Max">The most blocks to send, 1 to <see cref="MostBlocks"/>.</param>
public sealed record GetBlocks(int From, int Max) : IMessage<GetBlocks>
{
    /// <summary>
    /// The most blocks in one reply. <see cref="Blocks.MostBytes"/> limits their bytes; this limits the length of the
    /// list.
    /// </summary>
    public const int MostBlocks = 128;

    private const int Size = 6;

    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.GetBlocks;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> span = writer.GetSpan(Size);
        BinaryPrimitives.WriteInt32BigEndian(span, From);
        BinaryPrimitives.WriteUInt16BigEndian(span[4..], checked((ushort)Max));
        writer.Advance(Size);
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out GetBlocks message)
    {
        message = null;
        if (payload.Length != Size)
        {
            return false;
        }

        int from = BinaryPrimitives.ReadInt32BigEndian(payload);
        int max = BinaryPrimitives.ReadUInt16BigEndian(payload[4..]);
        if (from < 0 || max is < 1 or > MostBlocks)
        {
            return false;
        }

        message = new GetBlocks(from, max);
        return true;
    }
}
