using ActorP2P.Benchmarks;
using Akka.Actor;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Nodes of this project.</summary>
internal sealed class ActorP2PContender(TransportKind transport, Encryption encryption) : Contender
{
    public const string Setup =
        "`P2PNode` with typed messages, whose bytes the receiver copies into a new object. The handlers are short and "
        + "registered as `HandlerExecution.Inline`. One sender awaits each `TellAsync`. The receivers of a fan-out are "
        + "nodes that share one actor system; they accept each broadcast. Fan-out is `BroadcastAsync`, or `TellAsync` "
        + "to each.";

    private readonly List<P2PNode> _receivers = [];
    private P2PNode? _node;
    private Peer? _peer;
    private ActorSystem? _system;

    private P2PNodeOptions Options => new()
    {
        NetworkId = "peers",
        Transport = transport,
        Encryption = encryption,
    };

    public override async Task<string> ServeAsync(Arrivals arrivals)
    {
        _node = await P2PNode.StartAsync(Options, protocol => protocol
            .OnNotify<Packet>((packet, _) => arrivals.Take(packet.Bytes), HandlerExecution.Inline)
            .OnRequest<Packet, Packet>((packet, _) => packet, HandlerExecution.Inline));
        return $"{_node.ListenAddresses[0]}";
    }

    public override async Task ConnectAsync(string address)
    {
        _node = await P2PNode.StartAsync(Options with { Listen = null });
        _peer = await _node.ConnectAsync(PeerAddress.Parse(address));
    }

    public override async Task SendAsync(byte[] payload, int count)
    {
        Packet packet = new(payload);
        for (int i = 0; i < count; i++)
        {
            await _node!.TellAsync(_peer!, packet);
        }
    }

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        (await _node!.AskAsync<Packet>(_peer!, new Packet(payload))).Bytes;

    public override async Task<string> OpenHubAsync()
    {
        _node = await P2PNode.StartAsync(Options);
        return $"{_node.ListenAddresses[0]}";
    }

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        _system ??= ActorSystem.Create("receivers", "akka { loglevel = OFF, stdout-loglevel = OFF }");
        foreach (Arrivals arrivals in receivers)
        {
            P2PNode node = await P2PNode.StartAsync(
                Options with { Listen = null },
                protocol => protocol
                    .OnNotify<Packet>((packet, _) => arrivals.Take(packet.Bytes), HandlerExecution.Inline)
                    .OnBroadcast<Packet>(
                        (packet, _) =>
                        {
                            arrivals.Take(packet.Bytes);
                            return Verdict.Accept;
                        },
                        HandlerExecution.Inline),
                new P2PNodeServices { ActorSystem = _system, Name = $"receiver-{_receivers.Count}" });
            _receivers.Add(node);
            await node.ConnectAsync(PeerAddress.Parse(hub));
        }
    }

    public override async Task UntilJoinedAsync(int receivers)
    {
        while (_node!.Peers.Count < receivers)
        {
            await Task.Delay(1);
        }
    }

    public override async Task PublishAsync(byte[] payload, int count)
    {
        Packet packet = new(payload);
        Task[] handed = new Task[count];
        for (int i = 0; i < count; i++)
        {
            handed[i] = _node!.BroadcastAsync(packet);
        }

        await Task.WhenAll(handed);
    }

    public override async Task TellEachAsync(byte[] payload, int count)
    {
        Packet packet = new(payload);
        IReadOnlyList<Peer> peers = _node!.Peers;
        for (int i = 0; i < count; i++)
        {
            foreach (Peer peer in peers)
            {
                await _node.TellAsync(peer, packet);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (P2PNode receiver in _receivers)
        {
            await receiver.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        if (_system is not null)
        {
            await _system.Terminate();
        }
    }
}
