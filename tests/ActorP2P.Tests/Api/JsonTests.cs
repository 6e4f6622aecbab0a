using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorP2P.Tests.Api;

/// <summary>Plain objects as JSON messages over sockets, and what a peer may send in their place.</summary>
[Collection(SocketsCollection.Name)]
public sealed class JsonTests
{
    private const ushort Code = 0x0101;

    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    public static TheoryData<string> BadJson =>
    [
        "", "null", "{", "[]", "\"text\"", "{\"Text\":1}", "{\"Text\":\"x\"} {}", "{\"Text\":\"x\"}x",
        "{\"Text\":\"\\u\"}", "\u00ff",
        Nested(100), $"{{\"Text\":\"{new string('x', 5000)}\"}}",
    ];

    [Fact]
    public async Task Plain_objects_are_asked_told_and_broadcast()
    {
        TaskCompletionSource<Say> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Say> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode server = await StartAsync(protocol => protocol
            .OnRequest<Say, Say>((say, _) => new Say($"heard {say.Text}"))
            .OnNotify<Say>((say, _) => told.SetResult(say))
            .OnBroadcast<Say>((say, _) =>
            {
                heard.SetResult(say);
                return Verdict.Accept;
            }));
        await using P2PNode client = await StartAsync(_ => { });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        Say byPeer = await client.AskAsync<Say>(peer, new Say("one")).WaitAsync(s_guard);
        Say byAddress = await client.AskAsync<Say>(server.ListenAddresses[0], new Say("two")).WaitAsync(s_guard);
        await client.TellAsync(peer, new Say("three")).WaitAsync(s_guard);
        int peers = await client.BroadcastAsync(new Say("four")).WaitAsync(s_guard);

        Assert.Equal(("heard one", "heard two", 1), (byPeer.Text, byAddress.Text, peers));
        Assert.Equal(new Say("three"), await told.Task.WaitAsync(s_guard));
        Assert.Equal(new Say("four"), await heard.Task.WaitAsync(s_guard));
        Assert.Equal(SendResult.Accepted, client.TryTell(peer, new Say("five")));
    }

    [Fact]
    public async Task Handlers_may_be_awaited_and_inline()
    {
        await using P2PNode awaited = await StartAsync(protocol => protocol.OnRequest<Say, Say>(async (say, _) =>
        {
            await Task.Yield();
            return say;
        }));
        await using P2PNode inline = await StartAsync(
            protocol => protocol.OnRequest<Say, Say>((say, _) => say, HandlerExecution.Inline));
        await using P2PNode client = await StartAsync(_ => { });

        Say nested = new("x", new Say("y"));
        Assert.Equal(nested, await client.AskAsync<Say>(awaited.ListenAddresses[0], nested).WaitAsync(s_guard));
        Assert.Equal(nested, await client.AskAsync<Say>(inline.ListenAddresses[0], nested).WaitAsync(s_guard));
    }

    [Theory]
    [MemberData(nameof(BadJson))]
    public async Task Bytes_that_are_not_a_message_are_penalised(string json)
    {
        await using P2PNode server = await StartAsync(protocol => protocol.OnRequest<Say, Say>((say, _) => say));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Bytes>(peer, new Bytes(Encoding.Latin1.GetBytes(json))).WaitAsync(s_guard));

        Assert.Equal((AskFailure.PeerError, RequestErrorCode.Malformed), (refusal.Reason, refusal.ErrorCode));
        PeerPenalised penalty = await events.ReadAsync<PeerPenalised>().AsTask().WaitAsync(s_guard);
        Assert.Contains("0101", penalty.Detail, StringComparison.Ordinal);
        byte[] good = Encoding.UTF8.GetBytes(Nested(20));
        Bytes reply = await client.AskAsync<Bytes>(peer, new Bytes(good)).WaitAsync(s_guard);
        Assert.StartsWith("{\"Text\":\"x\"", Encoding.UTF8.GetString(reply.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_fails_the_ask()
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions(), protocol => protocol.OnRequest<Bytes, Bytes>((_, _) => new Bytes("{"u8.ToArray())));
        await using P2PNode client = await StartAsync(_ => { });

        AskException failure = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Say>(server.ListenAddresses[0], new Say("?")).WaitAsync(s_guard));

        Assert.Equal(AskFailure.Malformed, failure.Reason);
    }

    [Fact]
    public async Task An_object_longer_than_allowed_is_refused_where_it_is_sent()
    {
        await using P2PNode server = await StartAsync(_ => { });
        await using P2PNode client = await StartAsync(_ => { });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => client.TellAsync(peer, new Say(new string('x', 5000))));

        Assert.Contains("allowed: 4096", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unregistered_object_is_refused_with_what_is_allowed()
    {
        await using P2PNode server = await StartAsync(_ => { });
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => client.TellAsync(peer, new Say("x")));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol.OnNotify<Say>((_, _) => { })));

        Assert.Contains("UseJson", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_and_a_type_have_one_codec()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(protocol => protocol.UseJson(0x0102, SayJson.Default.Say)));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartAsync(protocol => protocol.OnNotify<Bytes>((_, _) => { })));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => P2PNode.StartAsync(
            new P2PNodeOptions(), protocol => protocol.UseJson(0x00ff, SayJson.Default.Say)));
    }

    private static Task<P2PNode> StartAsync(Action<ProtocolBuilder> protocol) => P2PNode.StartAsync(
        new P2PNodeOptions(), builder => protocol(builder.UseJson(Code, SayJson.Default.Say, maxBytes: 4096)));

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"Text\":\"x\",\"Before\":", depth)) + "null" + new string('}', depth);

    /// <summary>Any bytes with the type code of the plain objects.</summary>
    private sealed record Bytes(byte[] Value) : IMessage<Bytes>
    {
        public static ushort TypeCode => Code;

        public void Write(IBufferWriter<byte> writer) => writer.Write(Value);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Bytes message)
        {
            message = new Bytes(payload.ToArray());
            return true;
        }
    }
}
