using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>Two nodes within this process. One awaits each tell, and the other counts in place.</summary>
internal sealed class NodeLink : EncryptedLink
{
    private readonly P2PNode _receiver;
    private readonly P2PNode _sender;
    private readonly Peer _peer;
    private readonly Counter _received;
    private readonly IMessage _message;
    private readonly int _between;
    private long _sent;

    private NodeLink(P2PNode receiver, P2PNode sender, Peer peer, Counter received, int size)
    {
        _receiver = receiver;
        _sender = sender;
        _peer = peer;
        _received = received;
        _message = new RawPacket(new byte[size]);
        _between = Math.Max(1, 16 * 1024 / size);
    }

    /// <summary>Starts and connects both nodes.</summary>
    /// <param name="kind">Their transport.</param>
    /// <param name="encryption">Whether they encrypt.</param>
    /// <param name="size">The bytes of a message.</param>
    public static async Task<NodeLink> ConnectAsync(TransportKind kind, Encryption encryption, int size)
    {
        Counter received = new();
        P2PNodeOptions options = new() { NetworkId = "bench", Transport = kind, Encryption = encryption };
        P2PNode receiver = await P2PNode.StartAsync(
            options, protocol => protocol.OnNotify(RawPacket.TypeCode, (_, _) => received.Add(1)));
        P2PNode sender = await P2PNode.StartAsync(options with { Listen = null });
        return new NodeLink(
            receiver, sender, await sender.ConnectAsync(receiver.ListenAddresses[0]), received, size);
    }

    /// <inheritdoc/>
    public override async Task<long> SendAsync(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long before = _sent;
        do
        {
            for (int i = 0; i < _between; i++)
            {
                await _sender.TellAsync(_peer, _message);
            }

            _sent += _between;
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        await _received.ReachAsync(_sent);
        return _sent - before;
    }

    public override async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
    }
}
