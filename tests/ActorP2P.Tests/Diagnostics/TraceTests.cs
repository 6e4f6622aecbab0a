using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorP2P.Tests.Diagnostics;

/// <summary>An ask, a tell and a broadcast are each one trace over nodes.</summary>
[Collection(SocketsCollection.Name)]
public sealed class TraceTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(HandlerExecution.Queued, 1)]
    [InlineData(HandlerExecution.Inline, 1)]
    [InlineData(HandlerExecution.Queued, 200_000)]
    public void An_ask_is_one_trace_over_two_nodes(HandlerExecution execution, int length)
    {
        using Spans spans = new();
        string? seen = null;
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Blob, Text>(
                (_, _) => new Text(seen = $"{Activity.Current?.TraceStateString}"), execution));
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            using Activity caller = spans.Begin("a=b");

            await client.AskAsync<Text>(peer, new Blob(new byte[length]));

            Activity ask = spans.Of("ask Blob", caller);
            Activity handle = spans.Of("handle Blob", caller);
            Assert.Equal((ActivityKind.Client, caller.SpanId), (ask.Kind, ask.ParentSpanId));
            Assert.Equal((ActivityKind.Server, ask.SpanId), (handle.Kind, handle.ParentSpanId));
            Assert.Equal(("client", "server"), (ask.GetTagItem("actorp2p.node"), handle.GetTagItem("actorp2p.node")));
            Assert.Equal(
                ("5402", "server", 1), (ask.GetTagItem("actorp2p.message.type"), ask.GetTagItem("network.peer.address"),
                ask.GetTagItem("network.peer.port")));
            Assert.True(
                ask.Duration >= TimeSpan.FromMilliseconds(20), $"{ask.Duration} is not the time of the network.");
            Assert.Equal("a=b", seen);
            Assert.Same(caller, Activity.Current);
        });
    }

    [Fact]
    public void An_ask_of_a_handler_is_part_of_the_trace()
    {
        using Spans spans = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode last = await mesh.StartAsync("last", EchoProtocol.Register);
            await using P2PNode middle = await mesh.StartAsync("middle", protocol => protocol.OnRequest<Text, Text>(
                async (text, context) => await context.Node.AskAsync<Text>(last.ListenAddresses[0], text)));
            await using P2PNode first = await mesh.StartAsync("first");
            using Activity caller = spans.Begin(null);

            await first.AskAsync<Text>(middle.ListenAddresses[0], new Text("?"));

            Assert.Equal(
                ["ask Text", "ask Text", "handle Text", "handle Text"],
                spans.All.Where(span => span.TraceId == caller.TraceId).Select(span => span.DisplayName).Order());
        });
    }

    [Fact]
    public void Both_spans_of_a_failed_ask_have_the_reason()
    {
        using Spans spans = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnRequest<Text, Text>(
                (text, _) => throw new InvalidTimeZoneException()));
            await using P2PNode client = await mesh.StartAsync("client");
            using Activity caller = spans.Begin(null);

            await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(server.ListenAddresses[0], new Text("?")));

            Assert.Equal((ActivityStatusCode.Error, "PeerError"), FailureOf(spans.Of("ask Text", caller)));
            Assert.Equal((ActivityStatusCode.Error, "HandlerFailed"), FailureOf(spans.Of("handle Text", caller)));
        });
    }

    [Theory]
    [InlineData(HandlerExecution.Queued, false)]
    [InlineData(HandlerExecution.Inline, false)]
    [InlineData(HandlerExecution.Queued, true)]
    public void A_tell_is_one_trace_over_two_nodes(HandlerExecution execution, bool isTried)
    {
        using Spans spans = new();
        TaskCompletionSource<ActivitySpanId?> seen = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol.OnNotify<Text>(
                (_, _) => seen.SetResult(Activity.Current?.SpanId), execution));
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            using Activity caller = spans.Begin(null);

            if (isTried)
            {
                Assert.Equal(SendResult.Accepted, client.TryTell(peer, new Text("?")));
            }
            else
            {
                await client.TellAsync(peer, new Text("?"));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            Activity tell = spans.Of("tell Text", caller);
            Activity handle = spans.Of("handle Text", caller);
            Assert.Equal((ActivityKind.Producer, caller.SpanId), (tell.Kind, tell.ParentSpanId));
            Assert.Equal((ActivityKind.Consumer, tell.SpanId), (handle.Kind, handle.ParentSpanId));
            Assert.Equal("server", tell.GetTagItem("network.peer.address"));
            Assert.Equal(handle.SpanId, seen.Task.Result);
            Assert.Same(caller, Activity.Current);
        });
    }

    [Fact]
    public void A_tell_that_is_not_sent_says_why()
    {
        using Spans spans = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server");
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            await client.DisconnectAsync(peer);
            using Activity caller = spans.Begin(null);

            await Assert.ThrowsAsync<SendException>(() => client.TellAsync(peer, new Text("?")));

            Assert.Equal((ActivityStatusCode.Error, "NotConnected"), FailureOf(spans.Of("tell Text", caller)));
        });
    }

    [Fact]
    public void A_broadcast_is_one_trace_along_its_relays()
    {
        using Spans spans = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("first", Accepting);
            await using P2PNode middle = await mesh.StartAsync("middle", Accepting, bootstrap: ["first"]);
            await using P2PNode last = await mesh.StartAsync("last", protocol => protocol.OnBroadcast<Text>(
                async (_, _) => await FailAsync(mesh)), bootstrap: ["middle"]);
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            using Activity caller = spans.Begin(null);

            await first.BroadcastAsync(new Text("news"));

            await Task.Delay(TimeSpan.FromSeconds(5), mesh.World.TimeProvider);
            Activity sent = spans.Of("broadcast Text", caller);
            Activity[] handled = [.. spans.All.Where(
                span => span.DisplayName == "handle Text" && span.TraceId == caller.TraceId)];
            Assert.Equal((ActivityKind.Producer, caller.SpanId), (sent.Kind, sent.ParentSpanId));
            Assert.Equal(["middle", "last"], handled.Select(span => span.GetTagItem("actorp2p.node")));
            Assert.Equal([sent.SpanId, handled[0].SpanId], handled.Select(span => span.ParentSpanId));
            Assert.Equal((ActivityStatusCode.Error, "HandlerFailed"), FailureOf(handled[1]));
            Assert.Equal(TimeSpan.FromSeconds(1), handled[1].Duration);
        });
    }

    [Fact]
    public void An_actor_that_a_request_is_routed_to_continues_the_trace()
    {
        using Spans spans = new();
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode last = await mesh.StartAsync("last", EchoProtocol.Register);
            await using P2PNode middle = await mesh.StartAsync(
                "middle",
                protocol => protocol.OnRequest<Text, Text>().As((text, context) => Wrapped(text, context, last))
                    .RouteTo("/user/asker"),
                prepare: system => system.ActorOf(Props.Create(() => new Asker(spans)), "asker"));
            await using P2PNode first = await mesh.StartAsync("first");
            using Activity caller = spans.Begin(null);

            Text answer = await first.AskAsync<Text>(middle.ListenAddresses[0], new Text("?"));

            Activity[] handled = [.. spans.All.Where(
                span => span.DisplayName == "handle Text" && span.TraceId == caller.TraceId)];
            Activity turn = spans.Of("turn", caller);
            Activity asked = Assert.Single(
                spans.All, span => span.DisplayName == "ask Text" && span.ParentSpanId == turn.SpanId);
            Assert.Equal("echo ?", answer.Value);
            Assert.Contains(handled, span => span.SpanId == turn.ParentSpanId);
            Assert.Contains(handled, span => span.ParentSpanId == asked.SpanId);
            Assert.Equal(default, P2P.TraceOf(ActorRefs.Nobody));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_listener_a_message_has_no_additional_byte(bool isAsk)
    {
        long without = BytesOf(isAsk);
        using Spans spans = new();
        using Activity caller = spans.Begin(null);

        Assert.Equal(without + 28, BytesOf(isAsk));
    }

    [Theory]
    [ClassData(typeof(Transports.BothTransports))]
    public async Task An_ask_is_one_trace_over_loopback(TransportKind kind)
    {
        using Spans spans = new();
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, EchoProtocol.Register);
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null, Transport = kind });
        using Activity caller = spans.Begin(null);

        await client.AskAsync<Text>(server.ListenAddresses[0], new Text("?")).WaitAsync(s_guard);

        Assert.Equal(spans.Of("ask Text", caller).SpanId, spans.Of("handle Text", caller).ParentSpanId);
    }

    private static (ActivityStatusCode Status, string? Reason) FailureOf(Activity span) =>
        (span.Status, span.GetTagItem("error.type") as string);

    private static void Accepting(ProtocolBuilder protocol) =>
        protocol.OnBroadcast<Text>((_, _) => Verdict.Accept);

    private static async ValueTask<Verdict> FailAsync(VirtualMesh mesh)
    {
        await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
        throw new InvalidTimeZoneException();
    }

    private static Order Wrapped(Text text, RequestContext context, P2PNode last) =>
        new Order(text, context.Node, last.ListenAddresses[0]);

    private static long BytesOf(bool isAsk)
    {
        long sent = 0;
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            long before = peer.Statistics.BytesSent;
            await (isAsk ? client.AskAsync<Text>(peer, new Text("?")) : client.TellAsync(peer, new Text("?")));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            sent = peer.Statistics.BytesSent - before;
        });
        return sent;
    }

    private sealed record Order(Text Text, P2PNode Node, PeerAddress Address);

    /// <summary>Asks another node for what it is asked, in a span of its own.</summary>
    private sealed class Asker : ReceiveActor
    {
        public Asker(Spans spans) => Receive<Order>(order =>
        {
            IActorRef sender = Sender;
            using Activity? turn = spans.Continue("turn", P2P.TraceOf(sender));
            _ = AnswerAsync(order, sender);
        });

        private static async Task AnswerAsync(Order order, IActorRef sender) =>
            sender.Tell(await order.Node.AskAsync<Text>(order.Address, order.Text));
    }

    /// <summary>Listens to the traces that a test begins, and to none of the tests beside it.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ConcurrentDictionary<ActivityTraceId, bool> _own = new();
        private readonly ActivitySource _source = new("tests");
        private readonly ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "ActorP2P" || source == _source,
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                    options.Source == _source || _own.ContainsKey(options.Parent.TraceId)
                        ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IEnumerable<Activity> All => _ended;

        public Activity Begin(string? state)
        {
            Activity caller = _source.StartActivity("caller")!;
            caller.TraceStateString = state;
            _own[caller.TraceId] = true;
            return caller;
        }

        public Activity? Continue(string name, ActivityContext parent) =>
            _source.StartActivity(name, ActivityKind.Internal, parent);

        public Activity Of(string name, Activity caller) =>
            Assert.Single(_ended, span => span.DisplayName == name && span.TraceId == caller.TraceId);

        public void Dispose()
        {
            _listener.Dispose();
            _source.Dispose();
        }
    }
}
