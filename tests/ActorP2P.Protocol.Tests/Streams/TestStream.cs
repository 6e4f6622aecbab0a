namespace ActorP2P.Protocol.Tests;

/// <summary>One side's view of a stream in a test.</summary>
internal sealed class TestStream(StreamState state, byte name)
{
    private int _next = name;

    public StreamState State { get; } = state;

    public byte Name { get; } = name;

    /// <summary>All bytes that this side has written.</summary>
    public List<byte> Written { get; } = [];

    /// <summary>All bytes that have arrived here.</summary>
    public List<byte> Received { get; } = [];

    /// <summary>The buffers of what was written.</summary>
    public List<SharedBuffer> Buffers { get; } = [];

    public long Unread { get; set; }

    /// <summary>Whether this side has ended its direction.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether this side has reset the stream while it was open.</summary>
    public bool IsAborted { get; set; }

    /// <summary>How often the other side has ended its direction.</summary>
    public int Ends { get; set; }

    /// <summary>How often the other side has reset the stream.</summary>
    public int Resets { get; set; }

    public RequestErrorCode Code { get; set; }

    /// <summary>Bytes that differ from stream to stream and from position to position.</summary>
    public byte[] NextBytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++, _next++)
        {
            bytes[i] = (byte)(_next ^ (_next >> 8) ^ (_next >> 16));
        }

        Written.AddRange(bytes);
        return bytes;
    }
}
