using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>Cuts the frames of streams. A frame is valid until the next one.</summary>
internal struct StreamCutter
{
    // Created with the first frame that needs it, because most sessions have no streams.
    private byte[]? _payload;
    private SharedBuffer? _written;

    /// <summary>The frame that opens a stream.</summary>
    public void Open(StreamState stream, out OutboundFrame frame)
    {
        StreamPiece request = stream.TakeRequest();
        _written = request.Owner;
        FrameHeader header = new(
            (uint)request.Bytes.Length, FrameKind.StreamOpen, (FrameFlags)stream.Lane, stream.Type, stream.Id);
        frame = new OutboundFrame(header, default, request.Bytes, request.Owner);
    }

    /// <summary>A frame with the next bytes of a stream.</summary>
    public void Data(StreamState stream, out OutboundFrame frame)
    {
        StreamPiece bytes = stream.TakeBytes(out bool isLast);
        _written = isLast ? bytes.Owner : null;
        FrameHeader header = new(
            (uint)bytes.Bytes.Length, FrameKind.StreamData, (FrameFlags)stream.Lane, 0, stream.Id);
        frame = new OutboundFrame(header, default, bytes.Bytes, bytes.Owner);
    }

    /// <summary>A frame whose payload is a number: the end of a direction, or credit.</summary>
    public void Number(FrameKind kind, FrameFlags flags, ulong id, long number, out OutboundFrame frame)
    {
        _payload ??= new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(_payload, number);
        frame = new OutboundFrame(new FrameHeader(sizeof(long), kind, flags, 0, id), _payload, default, null);
    }

    /// <summary>The frame that ends both directions of a stream.</summary>
    public static void Reset(ulong id, byte[] payload, out OutboundFrame frame)
    {
        FrameHeader header = new((uint)payload.Length, FrameKind.StreamReset, FrameFlags.None, 0, id);
        frame = new OutboundFrame(header, payload, default, null);
    }

    /// <summary>The last frame is written or copied, or will not be written.</summary>
    public void OnWritten()
    {
        _written?.Release();
        _written = null;
    }
}
