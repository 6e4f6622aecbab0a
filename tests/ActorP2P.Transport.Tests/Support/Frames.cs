using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Frames whose contents distinguish them.</summary>
internal static class Frames
{
    public static FrameHeader Header(int length, ulong id) =>
        new((uint)length, FrameKind.Notify, FrameFlags.None, 0x0102, id);

    public static byte[] Payload(int length, ulong id)
    {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++)
        {
            payload[i] = (byte)((ulong)i * 31 + id);
        }

        return payload;
    }

    public static byte[] Encode(int length, ulong id)
    {
        byte[] bytes = new byte[FrameHeader.Size + length];
        Header(length, id).Write(bytes);
        Payload(length, id).CopyTo(bytes, FrameHeader.Size);
        return bytes;
    }

    public static void Append(this FrameConnection connection, int length, ulong id) =>
        connection.Append(Header(length, id), Payload(length, id));

    /// <summary>
    /// Asserts that exactly the frames of these lengths arrived, with ids from 0, in order and undamaged.
    /// </summary>
    public static void AssertAre(
        this List<(FrameHeader Header, byte[] Payload)> frames, params ReadOnlySpan<int> lengths)
    {
        Assert.Equal(lengths.Length, frames.Count);
        for (int i = 0; i < lengths.Length; i++)
        {
            Assert.Equal(Header(lengths[i], (ulong)i), frames[i].Header);
            Assert.Equal(Payload(lengths[i], (ulong)i), frames[i].Payload);
        }
    }
}
