using System.Buffers;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.TestKit;

/// <summary>
/// A remote end that does only what a test tells it: it sends bytes, valid or invalid frames, true or false hellos, or
/// nothing. The same script runs in memory, on the simulated network and over sockets. It reads only when asked to.
/// </summary>
public sealed class FakePeer : IDisposable
{
    /// <summary>The flags of a whole message in the normal lane.</summary>
    public const FrameFlags Normal = (FrameFlags)Lane.Normal;

    // The bytes of one read, as many as a node's own slab has.
    private const int ReadBytes = 64 * 1024;

    private readonly FakeWire _wire;
    private readonly ArrayBufferWriter<byte> _unread = new();
    private int _consumed;

    private readonly NodeIdentity? _identity;

    internal FakePeer(IConnection connection, NodeIdentity? identity = null)
    {
        _wire = new FakeWire(connection);
        _identity = identity;
    }

    /// <summary>The address of this end.</summary>
    public PeerAddress LocalAddress => _wire.Connection.LocalAddress;

    /// <summary>The address of the node's end.</summary>
    public PeerAddress RemoteAddress => _wire.Connection.RemoteAddress;

    /// <summary>Dials a node.</summary>
    /// <param name="transport">How bytes travel.</param>
    /// <param name="address">Where the node listens.</param>
    /// <param name="timeout">The longest time that the dial may take; null: as a node's.</param>
    /// <param name="identity">
    /// Who the fake peer is, for a node that requires encryption: the connection is encrypted, and proves this id.
    /// Null:
    /// the connection is not encrypted.
    /// </param>
    /// <exception cref="TransportException">There is no connection; the exception says why.</exception>
    public static async Task<FakePeer> DialAsync(
        ITransport transport, PeerAddress address, TimeSpan? timeout = null, NodeIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        FakeDial dial = new();
        using IDisposable handle = Over(transport, identity)
            .Dial(address, timeout ?? new DialSettings().ConnectTimeout, dial);
        return new FakePeer(await dial.Connection, identity);
    }

    /// <summary>Accepts connections from nodes.</summary>
    /// <param name="transport">How bytes travel.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="identity">
    /// Who the fake peers are, for nodes that require encryption; null: nothing is encrypted.
    /// </param>
    /// <exception cref="TransportException">The address cannot be bound.</exception>
    public static FakeListener Listen(ITransport transport, PeerAddress address, NodeIdentity? identity = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return new FakeListener(Over(transport, identity), address, identity);
    }

    /// <summary>An honest hello, which a test may change.</summary>
    /// <param name="networkId">The network of the node that receives it.</param>
    public static Hello CreateHello(string networkId) => new()
    {
        NetworkId = networkId,
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(new NodeId([.. Enumerable.Repeat((byte)0xfa, NodeId.Size)])),
        InstanceId = 0xfa,
        Nonce = 0xfa,
        UserAgent = "fake",
        CreditWindows = [.. Enumerable.Repeat(1 << 30, CreditBook.Classes)],
        MaxMessage = 1 << 30,
        StreamWindow = 1 << 30,
        MaxStreams = 100_000,
        MaxRequests = 100_000,
        UnixMilliseconds = 0,
    };

    /// <summary>Sends bytes as they are.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        OperationResult result = await _wire.SendAsync(bytes);
        if (result.IsFailed)
        {
            throw new TransportException(result.Error);
        }
    }

    /// <summary>Sends a frame. The length in its header may be wrong on purpose.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public Task SendAsync(
        FrameKind kind, byte[]? payload = null, FrameFlags flags = FrameFlags.None, ushort type = 0, ulong id = 0,
        uint? length = null)
    {
        byte[] bytes = [.. new byte[FrameHeader.Size], .. payload ?? []];
        new FrameHeader(length ?? (uint)(bytes.Length - FrameHeader.Size), kind, flags, type, id).Write(bytes);
        return SendBytesAsync(bytes);
    }

    /// <summary>Sends a message as a frame of its own.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public Task SendAsync<T>(FrameKind kind, T message, ulong id)
        where T : class, IMessage<T>
    {
        ArrayBufferWriter<byte> payload = new();
        message.Write(payload);
        return SendAsync(kind, payload.WrittenSpan.ToArray(), Normal, T.TypeCode, id);
    }

    /// <summary>Sends a hello, true or false.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public Task SendHelloAsync(Hello hello, FrameKind kind = FrameKind.Hello)
    {
        ArrayBufferWriter<byte> payload = new();
        HelloCodec.Write(hello, payload);
        return SendAsync(kind, payload.WrittenSpan.ToArray());
    }

    /// <summary>Completes an honest handshake with a node.</summary>
    /// <param name="networkId">The node's network.</param>
    /// <param name="asInitiator">Whether this end has dialled.</param>
    /// <returns>The node's hello.</returns>
    /// <exception cref="ExpectationFailedException">The node does not complete the handshake.</exception>
    public async Task<Hello> HandshakeAsync(string networkId, bool asInitiator = true)
    {
        if (asInitiator)
        {
            await SendHelloAsync(OwnHello(networkId));
        }

        FakeFrame frame = await ExpectAsync(asInitiator ? FrameKind.HelloAck : FrameKind.Hello);
        if (!HelloCodec.TryRead(frame.Payload, out Hello? hello))
        {
            throw new ExpectationFailedException("The node's hello does not parse.");
        }

        if (asInitiator)
        {
            await SendAsync(FrameKind.Ready);
        }
        else
        {
            await SendHelloAsync(OwnHello(networkId), FrameKind.HelloAck);
            await ExpectAsync(FrameKind.Ready);
        }

        return hello;
    }

    /// <summary>The next frame; null at the end of the stream, however it ended.</summary>
    public async Task<FakeFrame?> ReadAsync()
    {
        while (true)
        {
            ReadOnlyMemory<byte> bytes = _unread.WrittenMemory[_consumed..];
            if (bytes.Length >= FrameHeader.Size)
            {
                FrameHeader header = FrameHeader.Read(bytes.Span);
                long whole = FrameHeader.Size + (long)header.Length;
                if (bytes.Length >= whole)
                {
                    _consumed += (int)whole;
                    return new FakeFrame(header, bytes[FrameHeader.Size..(int)whole].ToArray());
                }
            }

            if (_consumed == _unread.WrittenCount)
            {
                _unread.ResetWrittenCount();
                _consumed = 0;
            }

            OperationResult result = await _wire.ReceiveAsync(_unread.GetMemory(ReadBytes));
            if (result.IsFailed)
            {
                return null;
            }

            _unread.Advance(result.Bytes);
        }
    }

    /// <summary>The next frame of a kind. Other frames are skipped.</summary>
    /// <exception cref="ExpectationFailedException">The stream ends before such a frame.</exception>
    public async Task<FakeFrame> ExpectAsync(FrameKind kind)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Kind == kind)
            {
                return frame;
            }
        }

        throw new ExpectationFailedException($"The stream ended before a {kind}.");
    }

    /// <summary>All frames up to the end of the stream.</summary>
    public async Task<IReadOnlyList<FakeFrame>> ReadToEndAsync()
    {
        List<FakeFrame> frames = [];
        while (await ReadAsync() is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }

    /// <summary>Ends the own direction with a FIN.</summary>
    public void FinishSending() => _wire.Connection.ShutdownSend();

    /// <summary>Resets the connection with a RST.</summary>
    public void Reset() => _wire.Connection.Abort();

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _wire.Dispose();

    private static ITransport Over(ITransport transport, NodeIdentity? identity) => identity is null
        ? transport
        : (transport as IHandshake ?? TlsHandshake.Instance).Over(transport, identity);

    private Hello OwnHello(string networkId) => _identity is null
        ? CreateHello(networkId)
        : CreateHello(networkId) with { NodeId = new ClaimedNodeId(_identity.Id) };
}
