using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>
/// The 16 bytes before every payload: <c>length u32 | kind u8 | flags u8 | type u16 | id u64</c>, big-endian.
/// </summary>
/// <param name="Length">Bytes of payload that follow the header.</param>
/// <param name="Kind">What the frame is.</param>
/// <param name="Flags">Lane, fragment marks, tagged headers.</param>
/// <param name="Type">The application's message type; its high byte is the service. Zero for session frames.</param>
/// <param name="Id">Request id, ping nonce, or per-link counter, by kind.</param>
public readonly record struct FrameHeader(uint Length, FrameKind Kind, FrameFlags Flags, ushort Type, ulong Id)
{
    /// <summary>Bytes of an encoded header.</summary>
    public const int Size = 16;

    /// <summary>The lane that the flags name.</summary>
    public Lane Lane => (Lane)(Flags & FrameFlags.LaneMask);

    /// <summary>Whether this frame is one of several that carry a message.</summary>
    public bool IsFragment => (Flags & (FrameFlags.First | FrameFlags.More)) != 0;

    /// <summary>Writes the header into the first <see cref="Size"/> bytes of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Length);
        destination[4] = (byte)Kind;
        destination[5] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], Type);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Id);
    }

    /// <summary>
    /// Reads a header from the first <see cref="Size"/> bytes of <paramref name="source"/>; checks nothing.
    /// </summary>
    public static FrameHeader Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32BigEndian(source),
        (FrameKind)source[4],
        (FrameFlags)source[5],
        BinaryPrimitives.ReadUInt16BigEndian(source[6..]),
        BinaryPrimitives.ReadUInt64BigEndian(source[8..]));
}
