using System.Collections.Concurrent;
using System.Diagnostics;

namespace ActorP2P.Tests.Diagnostics;

/// <summary>An ask forms one trace across nodes.</summary>
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

    [Fact]
    public void Without_a_listener_a_request_has_no_additional_byte()
    {
        long without = BytesOfAnAsk();
        using Spans spans = new();
        using Activity caller = spans.Begin(null);

        Assert.Equal(without + 28, BytesOfAnAsk());
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

    private static long BytesOfAnAsk()
    {
        long sent = 0;
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            long before = peer.Statistics.BytesSent;
            await client.AskAsync<Text>(peer, new Text("?"));
            sent = peer.Statistics.BytesSent - before;
        });
        return sent;
    }

    /// <summary>Listens to the traces that this test begins, and not to those of tests beside it.</summary>
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

        public Activity Of(string name, Activity caller) =>
            Assert.Single(_ended, span => span.DisplayName == name && span.TraceId == caller.TraceId);

        public void Dispose()
        {
            _listener.Dispose();
            _source.Dispose();
        }
    }
}
