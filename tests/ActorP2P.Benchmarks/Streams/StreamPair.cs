namespace ActorP2P.Benchmarks;

/// <summary>Two nodes of this process over loopback. One sends as many bytes on a stream as it is asked for.</summary>
internal sealed class StreamPair : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly P2PNode _server;
    private readonly P2PNode _client;
    private readonly Peer _peer;
    private long _read;

    private StreamPair(P2PNode server, P2PNode client, Peer peer)
    {
        _server = server;
        _client = client;
        _peer = peer;
    }

    /// <summary>Bytes that both nodes hold for each other.</summary>
    public long HeldBytes => _server.Statistics.HeldBytes + _client.Statistics.HeldBytes;

    /// <summary>Starts and connects the nodes.</summary>
    public static async Task<StreamPair> StartAsync(Encryption encryption)
    {
        P2PNodeOptions options = BenchTransport.Options with { Encryption = encryption };
        P2PNode server = await P2PNode.StartAsync(options, static protocol => protocol
            .OnStream<Packet>(SendAsync)
            .OnRequest<Packet, Packet>(static (packet, _) => packet));
        P2PNode client = await P2PNode.StartAsync(options with { Listen = null });
        return new StreamPair(server, client, await client.ConnectAsync(server.ListenAddresses[0]));
    }

    /// <summary>Opens a stream on which this many bytes arrive.</summary>
    public Task<PeerStream> OpenAsync(long bytes) =>
        _client.OpenStreamAsync(_peer, new Packet(BitConverter.GetBytes(bytes)));

    /// <summary>Asks for 32 bytes.</summary>
    public Task<Packet> AskAsync(SendOptions options) =>
        _client.AskAsync<Packet>(_peer, new Packet(new byte[32]), options);

    /// <summary>Uses what was read.</summary>
    public void Touch(int count) => _read += count;

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static async ValueTask SendAsync(Packet request, PeerStream stream, StreamContext context)
    {
        byte[] buffer = new byte[BufferBytes];
        for (long left = BitConverter.ToInt64(request.Bytes); left > 0; left -= buffer.Length)
        {
            await stream.WriteAsync(
                buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), context.CancellationToken);
        }
    }
}
