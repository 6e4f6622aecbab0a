using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// Messages that cannot be used: they are answered or count as an offence, and the connection stays open.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class MessageFaultTests
{
    private static readonly byte[] NoText = [0xff, 0xfe];

    /// <summary>A peer may cancel its message and send it nevertheless.</summary>
    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_message_that_arrives_expired_is_not_handled(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        int handled = 0;
        await using P2PNode node = await arena.StartAsync(protocol => protocol
            .OnRequest<Text, Text>((request, _) => Count(request), HandlerExecution.Inline)
            .OnRequest<Blob, Blob>((request, _) => Count(request))
            .OnNotify(Text.TypeCode, (_, _) => handled++));
        using RawPeer raw = await arena.DialAsync(node.ListenAddresses[0]);
        await raw.BecomeReadyAsync();
        const byte Tagged = RawPeer.Normal | (byte)FrameFlags.Tagged;
        byte[] expired = [0x10, 0x00, 0x04, (byte)'?'];
        await raw.SendAsync(FrameKind.Notify, expired, Tagged, Text.TypeCode, 1);
        foreach (ushort type in (ushort[])[Text.TypeCode, Blob.TypeCode])
        {
            await raw.SendAsync(FrameKind.Request, expired, Tagged, type, type);
            Assert.True(CodedText.TryRead((await raw.ReadAsync(FrameKind.Error)).Payload, out ushort code, out _));
            Assert.Equal(RequestErrorCode.Expired, (RequestErrorCode)code);
        }

        await Arena.AssertIsKeptAsync(raw);
        Assert.Equal(0, handled);

        // The ping came after the last request, so the turn that answered that request is over.
        Assert.Equal(3, node.Statistics.ExpiredMessages);

        T Count<T>(T message)
        {
            handled++;
            return message;
        }
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_unknown_message_type_is_answered_and_the_connection_kept(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();

        await raw.SendAsync(FrameKind.Request, [1], RawPeer.Normal, type: 0x54ff, id: 1);
        Assert.Equal(RequestErrorCode.UnknownType, await ReadErrorAsync(raw, id: 1));
        await raw.SendAsync(FrameKind.Request, [1], RawPeer.Normal, type: 0x9901, id: 2);
        Assert.Equal(RequestErrorCode.NoSuchService, await ReadErrorAsync(raw, id: 2));
        await raw.SendAsync(FrameKind.Notify, [1], RawPeer.Normal, type: 0x9901, id: 3);

        await Arena.AssertIsKeptAsync(raw);
        Assert.Empty(Charges(arena));
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_request_that_does_not_parse_is_answered_and_charged(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();

        await raw.SendAsync(FrameKind.Request, NoText, RawPeer.Normal, Text.TypeCode, id: 1);

        Assert.Equal(RequestErrorCode.Malformed, await ReadErrorAsync(raw, id: 1));
        await ExpectChargeAsync(arena, raw);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_notify_that_does_not_parse_is_charged(Network network) => Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync(FrameKind.Notify, NoText, RawPeer.Normal, Text.TypeCode, id: 1);
        await ExpectChargeAsync(arena, raw);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_broadcast_that_does_not_parse_is_charged_and_not_relayed(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        long before = arena.Honest.Statistics.BroadcastsReceived;
        await raw.SendAsync(FrameKind.Broadcast, Broadcasts.Body(NoText), RawPeer.Normal, Text.TypeCode, id: 1);
        await ExpectChargeAsync(arena, raw);
        await arena.AssertHonestIsServedAsync();
        Assert.Equal(before, arena.Honest.Statistics.BroadcastsReceived);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Ten_messages_that_do_not_parse_end_the_session(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        for (ulong i = 1; i <= 10; i++)
        {
            await raw.SendAsync(
                i % 2 == 0 ? FrameKind.Request : FrameKind.Notify, NoText, RawPeer.Normal, Text.TypeCode, i);
        }

        await arena.ExpectRefusalAsync(raw, DisconnectReason.Penalised);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Ten_broadcasts_that_do_not_parse_end_the_session(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        for (ulong i = 1; i <= 10; i++)
        {
            await raw.SendAsync(
                FrameKind.Broadcast, Broadcasts.Body(NoText, salt: i), RawPeer.Normal, Text.TypeCode, i);
        }

        await arena.ExpectRefusalAsync(raw, DisconnectReason.Penalised);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_duplicate_in_fragments_counts_once(bool isStopped) =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        byte[] body = Broadcasts.Body("a broadcast in two fragments");
        await raw.SendAsync(FrameKind.Broadcast, body, RawPeer.Normal, Text.TypeCode, 1);
        await arena.SettleAsync(raw);

        byte[] total = new byte[Varint.SizeOf((ulong)body.Length)];
        Varint.Write(total, (ulong)body.Length);
        const byte First = RawPeer.Normal | (byte)(FrameFlags.First | FrameFlags.More);
        byte[] beginning = RawPeer.Frame(
            FrameKind.Broadcast, [.. total, .. body[..BroadcastHead.Size]], First, Text.TypeCode, 2);
        byte[] rest = RawPeer.Frame(
            FrameKind.Broadcast, body[BroadcastHead.Size..], RawPeer.Normal, Text.TypeCode, 2);
        await raw.SendAsync(isStopped ? beginning : [.. beginning, .. rest]);
        if (isStopped)
        {
            // The node says that it has it, and the rest is sent nevertheless.
            Assert.Equal(2UL, (await raw.ReadAsync(FrameKind.Reset)).Header.Id);
            await raw.SendAsync(rest);
        }

        await arena.SettleAsync(raw);
        Assert.Equal(1, arena.Node.Statistics.DuplicateBroadcasts);
        raw.Reset();
    });

    [Fact]
    public Task A_penalised_address_is_banned_told_and_later_admitted() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        string host = "villain";
        using (RawPeer raw = await memory.DialFromAsync(host))
        {
            await raw.BecomeReadyAsync();
            for (ulong i = 1; i <= 10; i++)
            {
                await raw.SendAsync(FrameKind.Notify, NoText, RawPeer.Normal, Text.TypeCode, i);
            }

            await arena.ExpectRefusalAsync(raw, DisconnectReason.Penalised);
        }

        using RawPeer again = await memory.DialFromAsync(host);
        await arena.ExpectRefusalAsync(again, DisconnectReason.Banned);
        await memory.DelayAsync(BanBook.AddressTime);
        using RawPeer later = await memory.DialFromAsync(host);
        await later.BecomeReadyAsync();
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Fragments_over_the_reassembly_budget_are_reset(Network network) =>
        Arena.RunAsync(
        network,
        async arena =>
        {
            using RawPeer raw = await arena.DialReadyAsync();
            await raw.SendAsync(FrameFaultTests.Beginning(1, 700_000, 10));
            await raw.SendAsync(FrameFaultTests.Beginning(2, 700_000, 10));

            RawFrame reset = await raw.ReadAsync(FrameKind.Reset);

            Assert.Equal(2UL, reset.Header.Id);
            Assert.Equal([(byte)FrameKind.Notify, 0, (byte)ResetReason.NoRoom], reset.Payload);
            await Arena.AssertIsKeptAsync(raw);
            Assert.Equal(700_000, arena.Node.Statistics.ReassemblyBytes);
        },
        settings => settings with { ReassemblyBudget = 1_000_000,
            Session = settings.Session with { MaxMessage = 1_000_000 } });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_id_that_is_used_again_gets_its_own_answer(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            TaskCompletionSource<Text>[] answers = [new(), new()];
            TaskCompletionSource[] called = [new(), new()];
            int calls = 0;
            await using P2PNode node = await arena.StartAsync(protocol => protocol.OnRequest<Text, Text>((_, _) =>
            {
                called[calls].SetResult();
                return new ValueTask<Text>(answers[calls++].Task);
            }));
            using RawPeer raw = await arena.DialAsync(node.ListenAddresses[0]);
            await raw.BecomeReadyAsync();

            await raw.SendAsync(FrameKind.Request, [65], RawPeer.Normal, Text.TypeCode, 5);
            await raw.SendAsync(FrameKind.Cancel, id: 5);
            await called[0].Task;
            await raw.SendAsync(FrameKind.Request, [66], RawPeer.Normal, Text.TypeCode, 5);
            await called[1].Task;
            answers[0].SetResult(new Text("first answer"));
            answers[1].SetResult(new Text("second answer"));

            Assert.Equal("second answer"u8.ToArray(), (await raw.ReadAsync(FrameKind.Response)).Payload);
        });

    private static async Task<RequestErrorCode> ReadErrorAsync(RawPeer raw, ulong id)
    {
        RawFrame error = await raw.ReadAsync(FrameKind.Error);
        Assert.Equal(id, error.Header.Id);
        Assert.True(CodedText.TryRead(error.Payload, out ushort code, out _));
        return (RequestErrorCode)code;
    }

    private static async Task ExpectChargeAsync(Arena arena, RawPeer raw)
    {
        PeerPenalised charged = await arena.Events.ReadAsync<PeerPenalised>();
        Assert.Equal((raw.LocalAddress, 10), (charged.Address, charged.Points));
        Assert.Contains(arena.Log.Lines,
            line => line.Contains($"{raw.LocalAddress} is charged 10 points", StringComparison.Ordinal));
        await Arena.AssertIsKeptAsync(raw);
    }

    private static IEnumerable<PeerPenalised> Charges(Arena arena)
    {
        while (arena.Events.TryRead(out NodeEvent? happened))
        {
            if (happened is PeerPenalised charged)
            {
                yield return charged;
            }
        }
    }
}
