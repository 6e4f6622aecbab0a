using System.Buffers.Binary;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The frame of the baseline: the payload's length as four bytes, and one byte that marks an ask.</summary>
internal static class RawFrame
{
    public const int HeaderBytes = 5;

    /// <summary>Creates the header of a frame and appends the payload.</summary>
    public static byte[] Of(byte[] payload, bool isAsk)
    {
        byte[] frame = new byte[HeaderBytes + payload.Length];
        Write(frame, payload, isAsk);
        return frame;
    }

    /// <summary>Writes a frame.</summary>
    /// <returns>Its length.</returns>
    public static int Write(Span<byte> target, ReadOnlySpan<byte> payload, bool isAsk)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, payload.Length);
        target[4] = isAsk ? (byte)1 : (byte)0;
        payload.CopyTo(target[HeaderBytes..]);
        return HeaderBytes + payload.Length;
    }

    /// <summary>Whether a whole frame is at the start of these bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out bool isAsk)
    {
        payload = default;
        isAsk = false;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        isAsk = bytes[4] == 1;
        if (bytes.Length - HeaderBytes < length)
        {
            return false;
        }

        payload = bytes.Slice(HeaderBytes, length);
        return true;
    }
}
