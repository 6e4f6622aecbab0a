using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class ServiceTests
{
    [Fact]
    public void Two_services_on_one_connection_have_their_own_handlers()
    {
        VirtualMesh mesh = new();
        List<string> heard = [];
        mesh.Run(async () =>
        {
            static void Names(ProtocolBuilder protocol) => protocol
                .Service(0x54, "texts",
                    service => service.OnRequest<Text, Text>((request, _) => new Text($"text {request.Value}")))
                .Service(0x61, "pages",
                    service => service.OnRequest<PageA, PageA>((request, _) => new PageA($"page {request.Value}")));
            await using P2PNode b = await mesh.StartAsync("b", Names);
            await using P2PNode a = await mesh.StartAsync("a", Names);
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);

            Task<PageA> page = a.AskAsync<PageA>(peer, new PageA("1"));
            Task<Text> text = a.AskAsync<Text>(peer, new Text("2"));
            heard.AddRange([(await page).Value, (await text).Value]);
            Assert.Single(b.Peers);
        });

        Assert.Equal(["page 1", "text 2"], heard);
    }

    [Fact]
    public void Nodes_may_number_the_same_service_differently()
    {
        VirtualMesh mesh = new();
        List<string> notified = [];
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync(
                "b", protocol => protocol.Service(0x62, "pages", service => service
                .OnRequest<PageB, PageB>((request, _) => new PageB($"b answers {request.Value}"))
                .OnNotify<PageB>((page, _) => notified.Add(page.Value))));
            await using P2PNode a = await mesh.StartAsync(
                "a", protocol => protocol.Service(0x61, "pages", service => service
                .OnRequest<PageA, PageA>((request, _) => new PageA($"a answers {request.Value}"))));
            using NodeEvents events = b.Events();
            Peer toB = await a.ConnectAsync(b.ListenAddresses[0]);
            Peer toA = (await events.ReadAsync<PeerConnected>()).Peer;

            Assert.Equal("b answers x", (await a.AskAsync<PageA>(toB, new PageA("x"))).Value);
            Assert.Equal("a answers y", (await b.AskAsync<PageB>(toA, new PageB("y"))).Value);
            await a.TellAsync(toB, new PageA("z"));
        });

        Assert.Equal(["z"], notified);
    }

    [Fact]
    public void A_service_with_the_same_number_and_another_name_differs()
    {
        VirtualMesh mesh = new();
        bool called = false;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .Service(0x61, "others")
                .OnRequest<PageA, PageA>((request, _) =>
                {
                    called = true;
                    return request;
                }));
            await using P2PNode a = await mesh.StartAsync("a", protocol => protocol.Service(0x61, "pages"));

            // The question is sent together with the hello: once the peer's hello is there, it would not be sent at
            // all.
            AskException failure = await Assert.ThrowsAsync<AskException>(
                () => a.AskAsync<PageA>(b.ListenAddresses[0], new PageA("x")));

            Assert.Equal((AskFailure.PeerError, RequestErrorCode.NoSuchService), (failure.Reason, failure.ErrorCode));
        });

        Assert.False(called);
    }

    [Fact]
    public void An_ask_for_a_service_that_the_peer_lacks_fails_at_once()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol.Service(0x54, "texts"));
            await using P2PNode a = await mesh.StartAsync(
                "a", protocol => protocol.Service(0x54, "texts").Service(0x61, "pages"));
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);
            long before = a.Statistics.FramesSent;

            Task<PageA> ask = a.AskAsync<PageA>(peer, new PageA("x"));
            Task tell = a.TellAsync(peer, new PageA("x"));

            Assert.True(ask.IsFaulted && tell.IsFaulted);
            Assert.Equal(AskFailure.NoSuchService, (await Assert.ThrowsAsync<AskException>(() => ask)).Reason);
            Assert.Equal(SendFailure.NoSuchService, (await Assert.ThrowsAsync<SendException>(() => tell)).Reason);
            Assert.Equal(SendResult.NoSuchService, a.TryTell(peer, new PageA("x")));
            Assert.Equal(before, a.Statistics.FramesSent);
        });
    }

    [Fact]
    public void A_node_reads_answers_of_a_service_that_it_does_not_name()
    {
        VirtualMesh mesh = new();
        List<string> answers = [];
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol.Service(
                0x61, "pages", service => service
                    .OnRequest<PageA, PageA>((request, _) => new PageA($"page {request.Value}"))
                    .OnRequestMany<PageList, PageA>((_, _) => Pages())));
            await using P2PNode a = await mesh.StartAsync("a", protocol => protocol.Service(0x54, "texts"));
            using NodeEvents events = a.Events();
            Peer peer = await a.ConnectAsync(b.ListenAddresses[0]);

            answers.Add((await a.AskAsync<PageA>(peer, new PageA("1"))).Value);
            await foreach (PageA page in a.AskManyAsync<PageA>(peer, new PageList()))
            {
                answers.Add(page.Value);
            }

            while (events.TryRead(out NodeEvent? happened))
            {
                Assert.IsNotType<PeerPenalised>(happened);
            }
        });

        Assert.Equal(["page 1", "first", "second"], answers);
    }

    [Theory]
    [InlineData(0x61, "texts")]
    [InlineData(0x54, "pages")]
    [InlineData(0, "none")]
    public async Task A_code_or_a_name_that_is_taken_is_refused(byte code, string name) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, protocol => protocol.Service(0x54, "texts").Service(code, name)));

    [Fact]
    public async Task A_message_of_another_service_is_refused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => P2PNode.StartAsync(new P2PNodeOptions { Listen = null },
            protocol => protocol.Service(0x61, "pages", service => service.OnNotify<Text>((_, _) => { }))));

    private static async IAsyncEnumerable<PageA> Pages()
    {
        await Task.CompletedTask;
        yield return new PageA("first");
        yield return new PageA("second");
    }

    private sealed record PageList : IMessage<PageList>
    {
        public static ushort TypeCode => 0x6102;

        public void Write(IBufferWriter<byte> writer)
        {
            // It says nothing.
        }

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PageList message)
        {
            message = new PageList();
            return true;
        }
    }

    private sealed record PageA(string Value) : IMessage<PageA>
    {
        public static ushort TypeCode => 0x6101;

        public void Write(IBufferWriter<byte> writer) => new Text(Value).Write(writer);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PageA message)
        {
            message = Text.TryRead(payload, out Text? text) ? new PageA(text.Value) : null;
            return message is not null;
        }
    }

    /// <summary>The same message with the type code of another program.</summary>
    private sealed record PageB(string Value) : IMessage<PageB>
    {
        public static ushort TypeCode => 0x6201;

        public void Write(IBufferWriter<byte> writer) => new Text(Value).Write(writer);

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PageB message)
        {
            message = Text.TryRead(payload, out Text? text) ? new PageB(text.Value) : null;
            return message is not null;
        }
    }
}
