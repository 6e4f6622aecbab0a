using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Tests.Streams;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// A node under attack and an honest peer beside it. At the end of every scenario the honest peer must still be served
/// and all room for fragments must be free again.
/// </summary>
internal abstract class Arena
{
    /// <summary>The node under attack.</summary>
    public P2PNode Node { get; private set; } = null!;

    /// <summary>An honest peer of the node.</summary>
    public P2PNode Honest { get; private set; } = null!;

    /// <summary>The log lines of the node.</summary>
    public LogRecorder Log { get; } = new();

    /// <summary>The events of the node since its start.</summary>
    public NodeEvents Events { get; private set; } = null!;

    /// <summary>The connection of the honest peer, as that peer sees it.</summary>
    public Peer ToNode { get; private set; } = null!;

    public PeerAddress Address => Node.ListenAddresses[0];

    /// <summary>Runs a scenario on one of the networks.</summary>
    public static Task RunAsync(
        Network network, Func<Arena, Task> scenario, Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        if (network != Network.Memory)
        {
            return SocketArena.RunAsync(arena => arena.PlayAsync(scenario, change), network);
        }

        MemoryArena memory = new();
        memory.Run(() => memory.PlayAsync(scenario, change));
        return Task.CompletedTask;
    }

    /// <summary>Opens a raw connection to the node and sends nothing.</summary>
    public Task<RawPeer> DialAsync() => DialAsync(Address);

    /// <summary>Opens a raw connection to any node and sends nothing.</summary>
    public abstract Task<RawPeer> DialAsync(PeerAddress address);

    /// <summary>Opens a raw connection to the node; null when the node cut it before this side could use it.</summary>
    public async Task<RawPeer?> TryDialAsync()
    {
        try
        {
            return await DialAsync();
        }
        catch (SocketException cut) when (cut.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }

    /// <summary>Waits for a node to dial; the task returns the raw far end.</summary>
    public abstract (PeerAddress Address, Task<RawPeer> Accepted) Listen();

    /// <summary>Starts another node in the same network.</summary>
    public abstract Task<P2PNode> StartAsync(
        Action<ProtocolBuilder>? protocol, Func<P2PNodeOptions, P2PNodeOptions>? change = null);

    /// <summary>A raw peer with a complete handshake.</summary>
    public async Task<RawPeer> DialReadyAsync(Func<Hello, Hello>? change = null)
    {
        RawPeer raw = await DialAsync();
        await raw.BecomeReadyAsync(change);
        await Events.ReadAsync<PeerConnected>(connected => connected.Peer.Address == raw.LocalAddress);
        return raw;
    }

    /// <summary>A raw peer with a complete handshake, and the node's <see cref="Peer"/> for it.</summary>
    public async Task<(RawPeer Raw, Peer Peer)> DialAskableAsync(Func<Hello, Hello>? change = null)
    {
        RawPeer raw = await DialReadyAsync(change);
        return (raw, Node.Peers.Single(peer => peer.Address == raw.LocalAddress));
    }

    /// <summary>The end of a raw peer's connection, as the API of the node reports it.</summary>
    public async Task<Disconnect> EndOfAsync(RawPeer raw)
    {
        while (true)
        {
            switch (await Events.ReadAsync())
            {
                case PeerRefused refused when refused.Address == raw.LocalAddress:
                    Assert.False(raw.IsReady);
                    return refused.End;
                case PeerDisconnected gone when gone.Peer.Address == raw.LocalAddress:
                    Assert.True(raw.IsReady);
                    return gone.End;
            }
        }
    }

    /// <summary>
    /// Asserts that the node ends the raw peer's session: the goodbye, the event and the log all give the reason, and
    /// the stream ends after the goodbye.
    /// </summary>
    public async Task ExpectRefusalAsync(RawPeer raw, DisconnectReason reason)
    {
        await AssertHonestIsServedAsync();
        IReadOnlyList<RawFrame> frames = await raw.ReadToEndAsync();
        Assert.NotEmpty(frames);
        Assert.Equal(FrameKind.Goodbye, frames[^1].Kind);
        Assert.True(CodedText.TryRead(frames[^1].Payload, out ushort code, out _));
        Assert.Equal(reason, (DisconnectReason)code);
        raw.Dispose();

        Disconnect end = await EndOfAsync(raw);
        Assert.Equal((reason, DisconnectSide.Local), (end.Reason, end.Side));
        Assert.Contains(Log.Lines, line => line.Contains($"{raw.LocalAddress} ", StringComparison.Ordinal)
            && line.Contains($"Local: {reason}", StringComparison.Ordinal));
    }

    /// <summary>Asserts that the connection is open and works: a ping is answered.</summary>
    public static async Task AssertIsKeptAsync(RawPeer raw)
    {
        await raw.SendAsync(FrameKind.Ping, id: 0xfeed);
        Assert.Equal(0xfeedUL, (await raw.ReadAsync(FrameKind.Pong)).Header.Id);
    }

    public async Task AssertHonestIsServedAsync() =>
        Assert.Equal("echo honest", (await Honest.AskAsync<Text>(ToNode, new Text("honest"))).Value);

    /// <summary>
    /// Waits until the node has counted everything that a raw peer sent before. A pong is sent within the turn of its
    /// ping, so the second pong shows that the turn of the first ping is over. An ask then passes through every actor
    /// that received frames of that turn.
    /// </summary>
    public async Task SettleAsync(RawPeer raw)
    {
        await AssertIsKeptAsync(raw);
        await AssertIsKeptAsync(raw);
        Peer honest = Node.Peers.Single(peer => peer.ClaimedId?.Claim == Honest.Id);
        await Assert.ThrowsAsync<AskException>(() => Node.AskAsync<Text>(honest, new Text("nobody answers")));
    }

    private async Task PlayAsync(Func<Arena, Task> scenario, Func<P2PNodeOptions, P2PNodeOptions>? change)
    {
        Node = await StartAsync(Protocol, change);
        Honest = await StartAsync(null);
        Events = Node.Events(100_000);
        IAsyncEnumerable<NodeEvent> connecting = Node.Events(100);
        ToNode = await Honest.ConnectAsync(Address);

        // The dialling side is ready first.
        await foreach (NodeEvent happened in connecting)
        {
            if (happened is PeerConnected)
            {
                break;
            }
        }

        await scenario(this);
        await AssertHonestIsServedAsync();
        await Honest.DisposeAsync();
        await Node.DisposeAsync();
        Assert.Equal(0, Node.Statistics.ReassemblyBytes);
        Assert.DoesNotContain(Log.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal)
                || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    /// <summary>A handler that ends only when its request is cancelled.</summary>
    private static async ValueTask<Blob> NeverAsync(Blob request, RequestContext context)
    {
        TaskCompletionSource ended = new();
        context.CancellationToken.Register(ended.SetResult);
        await ended.Task;
        return request;
    }

    private static void Protocol(ProtocolBuilder protocol) => protocol
        .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"))
        .OnRequest<Blob, Blob>(NeverAsync)
        .OnStream<GetBytes>(StreamBytes.WaitAsync)
        .OnNotify<Text>((_, _) => { })
        .OnNotify<Blob>((_, _) => { })
        .OnBroadcast<Text>((_, _) => Verdict.Accept);
}
