using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;
using NBitcoin;

namespace BlockMesh.Messages;

/// <summary>
/// Headers in the order of their heights; empty when the asked node has no header at that height. On the wire: status,
/// from u32, and the headers of 80 bytes each.
/// </summary>
/// <param name="Status">What the answering node has.</param>
/// <param name="From">The height of the first header.</param>
/// <param name="Bytes">The headers, concatenated.</param>
public sealed record Headers(ChainStatus Status, int From, ReadOnlyMemory<byte> Bytes) : IMessage<Headers>
{
    private const int FixedSize = ChainStatus.Size + 4;

    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.Headers;

    /// <summary>The number of headers.</summary>
    public int Count => Bytes.Length / BlockHeader.Size;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> span = writer.GetSpan(FixedSize);
        Status.Write(span);
        BinaryPrimitives.WriteInt32BigEndian(span[ChainStatus.Size..], From);
        writer.Advance(FixedSize);
        writer.Write(Bytes.Span);
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Headers message)
    {
        message = null;
        int length = payload.Length - FixedSize;
        if (length is < 0 or > GetHeaders.MostHeaders * BlockHeader.Size
            || length % BlockHeader.Size != 0
            || !ChainStatus.TryRead(payload, out ChainStatus status))
        {
            return false;
        }

        int from = BinaryPrimitives.ReadInt32BigEndian(payload[ChainStatus.Size..]);
        if (from < 0)
        {
            return false;
        }

        message = new Headers(status, from, payload[FixedSize..].ToArray());
        return true;
    }
}
