using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Puts frames together by hand: as many as fit into 64 KiB, with header and payload copied each time.
/// </summary>
internal sealed class RawCoalescer(byte[] payload)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;
    private ulong _id;

    public ReadOnlyMemory<byte> Filled => _buffer.AsMemory(0, _filled);

    /// <summary>Fills the buffer again.</summary>
    /// <returns>The number of frames in the buffer.</returns>
    public int Fill()
    {
        int frames = 0;
        _filled = 0;
        while (_buffer.Length - _filled >= FrameHeader.Size + payload.Length)
        {
            new FrameHeader((uint)payload.Length, FrameKind.Notify, FrameFlags.None, RawPacket.TypeCode, ++_id)
                .Write(_buffer.AsSpan(_filled));
            payload.CopyTo(_buffer.AsSpan(_filled + FrameHeader.Size));
            _filled += FrameHeader.Size + payload.Length;
            frames++;
        }

        return frames;
    }
}
