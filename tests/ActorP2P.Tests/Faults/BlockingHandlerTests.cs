using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>Handlers that block their thread: no part of the library waits for them.</summary>
[Collection(SocketsCollection.Name)]
public sealed class BlockingHandlerTests : IDisposable
{
    private static readonly TimeSpan Guard = SocketArena.Guard;

    // A short time keeps the test short.
    private static readonly SessionSettings Brief = new() { DrainTimeout = TimeSpan.FromMilliseconds(300) };

    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource<RequestContext> _begun = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogRecorder _log = new();

    public void Dispose()
    {
        _release.Set();
        _release.Dispose();
    }

    [Fact]
    public async Task A_node_disposes_though_a_request_handler_blocks()
    {
        P2PNode server = await StartAsync(protocol => protocol.OnRequest<Text, Text>(Block));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"));
        RequestContext context = await _begun.Task.WaitAsync(Guard);
        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        context.CancellationToken.Register(heard.SetResult);

        await server.DisposeAsync().AsTask().WaitAsync(Guard);

        await heard.Task.WaitAsync(Guard);
        AskException end = await Assert.ThrowsAsync<AskException>(() => ask.WaitAsync(Guard));
        Assert.Equal(AskFailure.Disconnected, end.Reason);
        Assert.Equal(Text.TypeCode, (await events.ReadAsync<HandlerStillRuns>().AsTask().WaitAsync(Guard)).MessageType);
        Assert.Contains(_log.Lines, line => line.Contains("still runs", StringComparison.Ordinal));
        Assert.True(server.ActorSystem.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_node_disposes_though_a_notify_handler_blocks()
    {
        P2PNode server = await StartAsync(protocol => protocol.OnNotify<Text>((_, _) =>
        {
            _begun.SetResult(null!);
            _release.Wait();
        }));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        await client.TellAsync(peer, new Text("!"));
        await _begun.Task.WaitAsync(Guard);

        await server.DisposeAsync().AsTask().WaitAsync(Guard);

        Assert.Contains(_log.Lines, line => line.Contains("still runs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HandlerExecution.Queued)]
    [InlineData(HandlerExecution.Inline)]
    public async Task A_node_disposes_though_a_broadcast_handler_blocks(HandlerExecution execution)
    {
        P2PNode server = await StartAsync(protocol => protocol.OnBroadcast<Text>(
            (_, _) =>
            {
                _begun.SetResult(null!);
                _release.Wait();
                return Verdict.Accept;
            },
            execution));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        await client.BroadcastAsync(new Text("!"));
        await _begun.Task.WaitAsync(Guard);

        await server.DisposeAsync().AsTask().WaitAsync(Guard);

        Assert.Contains(_log.Lines, line => line.Contains("still runs", StringComparison.Ordinal));
        // The Broadcaster of an inline handler ends when the handler does.
        Assert.Equal(
            execution == HandlerExecution.Queued, server.ActorSystem.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_node_disposes_though_an_inline_handler_blocks()
    {
        P2PNode server = await StartAsync(protocol => protocol.OnRequest<Text, Text>(Block, HandlerExecution.Inline));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"));
        await _begun.Task.WaitAsync(Guard);

        await server.DisposeAsync().AsTask().WaitAsync(Guard);

        await Assert.ThrowsAsync<AskException>(() => ask.WaitAsync(Guard));
        Assert.Contains(_log.Lines, line => line.Contains("still runs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_on_cancellation_that_blocks_holds_nothing_up()
    {
        P2PNode server = await StartAsync(protocol => protocol.OnRequest<Text, Text>(async (request, context) =>
        {
            context.CancellationToken.Register(_release.Wait);
            _begun.TrySetResult(context);
            await new TaskCompletionSource().Task;
            return request;
        }));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        using CancellationTokenSource source = new();
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"), cancellationToken: source.Token);
        await _begun.Task.WaitAsync(Guard);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);

        await server.DisposeAsync().AsTask().WaitAsync(Guard);

        Assert.Empty(client.Peers);
    }

    [Fact]
    public async Task A_peer_that_left_is_gone_though_its_handler_blocks()
    {
        await using P2PNode server = await StartAsync(
            protocol => protocol.OnRequest<Text, Text>(Block), settings => settings with { MaxConnections = 1 });
        using NodeEvents events = server.Events();
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        Task<Text> ask = client.AskAsync<Text>(peer, new Text("?"));
        RequestContext context = await _begun.Task.WaitAsync(Guard);
        TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        context.CancellationToken.Register(heard.SetResult);

        RestartTests.Fail(client, $"peer-{peer.ConnectionId}");
        await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Guard);

        await heard.Task.WaitAsync(Guard);
        await RestartTests.EndsAsync(ask.WaitAsync(Guard));
        Assert.Empty(server.Peers);

        // The slot of the connection is free again, although there is only one.
        await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
    }

    [Fact]
    public async Task A_blocking_broadcast_handler_delays_its_peer_and_type()
    {
        TaskCompletionSource<string> otherPeer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource otherType = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode server = await StartAsync(protocol => protocol
            .OnBroadcast<Text>((news, _) =>
            {
                if (news.Value == "slow")
                {
                    _begun.SetResult(null!);
                    _release.Wait();
                }
                else
                {
                    otherPeer.TrySetResult(news.Value);
                }

                return Verdict.Accept;
            })
            .OnBroadcast<Blob>((_, _) =>
            {
                otherType.TrySetResult();
                return Verdict.Accept;
            }));
        await using P2PNode slow = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        await using P2PNode other = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        await slow.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        await other.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Guard);
        await slow.BroadcastAsync(new Text("slow"));
        await _begun.Task.WaitAsync(Guard);

        await slow.BroadcastAsync(new Text("behind it"));
        await slow.BroadcastAsync(new Blob([1]));
        await other.BroadcastAsync(new Text("other"));

        await otherType.Task.WaitAsync(Guard);
        Assert.Equal("other", await otherPeer.Task.WaitAsync(Guard));
    }

    private Text Block(Text request, RequestContext context)
    {
        _begun.TrySetResult(context);
        _release.Wait();
        return request;
    }

    private Task<P2PNode> StartAsync(
        Action<ProtocolBuilder> protocol, Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        P2PNodeOptions settings = new() { Session = Brief };
        return P2PNode.StartAsync(
            change?.Invoke(settings) ?? settings, protocol, new P2PNodeServices { LoggerFactory = _log });
    }
}
