using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P;

namespace BlockMesh.Messages;

/// <summary>
/// Asks for headers; the answer is <see cref="Headers"/>. On the wire: from u32, max u16, big-endian.
/// </summary>
/// <param name="From">The height of the first header.</param>
/// <param name="Max">The most headers to send, 1 to <see cref="MostHeaders"/>.</param>
public sealed record GetHeaders(int From, int Max) : IMessage<GetHeaders>
{
    /// <summary>The most headers in one reply: 160 KB, and as many as in Bitcoin's own headers message.</summary>
    public const int MostHeaders = 2000;

    private const int Size = 6;

    /// <inheritdoc/>
    public static ushort TypeCode => MessageCodes.GetHeaders;

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
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out GetHeaders message)
    {
        message = null;
        if (payload.Length != Size)
        {
            return false;
        }

        int from = BinaryPrimitives.ReadInt32BigEndian(payload);
        int max = BinaryPrimitives.ReadUInt16BigEndian(payload[4..]);
        if (from < 0 || max is < 1 or > MostHeaders)
        {
            return false;
        }

        message = new GetHeaders(from, max);
        return true;
    }
}
