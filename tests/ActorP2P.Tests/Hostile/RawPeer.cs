using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// A far end that only follows its script: bytes, valid or invalid frames, true or false hellos. The same script runs
/// over memory and over sockets.
/// </summary>
internal sealed class RawPeer(IRawWire wire) : IDisposable
{
    /// <summary>The flags of a whole message in the normal lane.</summary>
    public const byte Normal = (byte)Lane.Normal;

    private readonly byte[] _chunk = new byte[70_000];
    private readonly List<byte> _unread = [];

    public PeerAddress LocalAddress => wire.LocalAddress;

    /// <summary>Whether the handshake is complete, as far as this side knows.</summary>
    public bool IsReady { get; private set; }

    /// <summary>The hello of the node.</summary>
    public Hello? NodeHello { get; private set; }

    public Task SendAsync(params byte[] bytes) => wire.SendAsync(bytes);

    public Task SendAsync(FrameKind kind, byte[]? payload = null, byte flags = 0, ushort type = 0, ulong id = 0) =>
        SendAsync(Frame(kind, payload, flags, type, id));

    public Task HelloAsync(Func<Hello, Hello>? change = null, FrameKind kind = FrameKind.Hello)
    {
        Hello hello = CreateHello();
        return SendAsync(kind, Encode(change?.Invoke(hello) ?? hello));
    }

    /// <summary>Introduces itself as an honest initiator does, and reads the node's hello.</summary>
    public async Task BecomeReadyAsync(Func<Hello, Hello>? change = null)
    {
        await HelloAsync(change);
        await ReadHelloAsync(FrameKind.HelloAck);
        await SendAsync(FrameKind.Ready);
        IsReady = true;
    }

    public async Task ReadHelloAsync(FrameKind kind)
    {
        RawFrame frame = await ReadAsync(kind);
        Assert.True(HelloCodec.TryRead(frame.Payload, out Hello? hello));
        NodeHello = hello;
    }

    /// <summary>Reads the next frame; null at the end of the stream.</summary>
    public async Task<RawFrame?> ReadAsync()
    {
        while (_unread.Count < FrameHeader.Size || _unread.Count < FrameHeader.Size + (int)Peek().Length)
        {
            int received = await wire.ReceiveAsync(_chunk);
            if (received == 0)
            {
                return null;
            }

            _unread.AddRange(_chunk.AsSpan(0, received));
        }

        FrameHeader header = Peek();
        byte[] payload = [.. _unread.Skip(FrameHeader.Size).Take((int)header.Length)];
        _unread.RemoveRange(0, FrameHeader.Size + payload.Length);
        return new RawFrame(header, payload);
    }

    /// <summary>Reads the next frame of a kind and skips others.</summary>
    public async Task<RawFrame> ReadAsync(FrameKind kind)
    {
        while (true)
        {
            RawFrame? frame = await ReadAsync();
            Assert.True(frame is not null, $"The stream ended before a {kind}.");
            if (frame.Kind == kind)
            {
                return frame;
            }
        }
    }

    /// <summary>Reads everything up to the end of the stream.</summary>
    public async Task<IReadOnlyList<RawFrame>> ReadToEndAsync()
    {
        List<RawFrame> frames = [];
        while (await ReadAsync() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }

    public void Reset() => wire.Reset();

    public void Dispose() => wire.Dispose();

    public static byte[] Frame(
        FrameKind kind, byte[]? payload = null, byte flags = 0, ushort type = 0, ulong id = 0, uint? length = null)
    {
        byte[] bytes = [.. new byte[FrameHeader.Size], .. payload ?? []];
        new FrameHeader(
            length ?? (uint)(bytes.Length - FrameHeader.Size), kind, (FrameFlags)flags, type, id).Write(bytes);
        return bytes;
    }

    public static Hello CreateHello() => new()
    {
        NetworkId = "test",
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(new NodeId([.. Enumerable.Repeat((byte)0xee, NodeId.Size)])),
        InstanceId = 0xee,
        Nonce = 0xee,
        UserAgent = "raw",
        CreditWindows = [.. Enumerable.Repeat(1 << 30, CreditBook.Classes)],
        MaxMessage = 1 << 30,
        MaxRequests = 100_000,
        StreamWindow = 1 << 30,
        MaxStreams = 100_000,
        UnixMilliseconds = 0,
    };

    public static byte[] Encode(Hello hello)
    {
        ArrayBufferWriter<byte> output = new();
        HelloCodec.Write(hello, output);
        return output.WrittenSpan.ToArray();
    }

    private FrameHeader Peek() => FrameHeader.Read(_unread.Take(FrameHeader.Size).ToArray());
}
