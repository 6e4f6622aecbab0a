using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>Provokes every reason. A reason that no scenario produces is one that no node gives.</summary>
public sealed class ReasonScenarioTests
{
    private const byte More = RawPeer.Normal | (byte)FrameFlags.More;
    private static readonly byte[] NoText = [0xff, 0xfe];

    private static readonly Dictionary<DisconnectReason, Func<Task<DisconnectReason>>> s_scenarios = new()
    {
        [DisconnectReason.ShuttingDown] = () => Frames(Goodbye(DisconnectReason.ShuttingDown)),
        [DisconnectReason.ApplicationClosed] = () => In(async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            _ = arena.Node.DisconnectAsync(peer);
            return await EndOfAsync(arena, raw);
        }),
        [DisconnectReason.TooManyConnections] = () => In(async arena =>
        {
            P2PNode small = await arena.StartAsync(null, settings => settings with { MaxConnections = 1 });
            Peer first = await small.ConnectAsync(arena.Address);
            using RawPeer raw = await arena.DialAsync(small.ListenAddresses[0]);
            DisconnectReason reason = await GoodbyeOfAsync(raw);
            Assert.Contains(first, small.Peers);
            await small.DisposeAsync();
            return reason;
        }),
        [DisconnectReason.DuplicateConnection] = () => Frames(Goodbye(DisconnectReason.DuplicateConnection)),
        [DisconnectReason.SelfConnection] = () => In(async arena =>
            (await Assert.ThrowsAsync<ConnectException>(() => arena.Node.ConnectAsync(arena.Address))).End!.Reason),
        [DisconnectReason.WrongNetwork] = () => Opening(Hello(hello => hello with { NetworkId = "other" })),
        [DisconnectReason.UnsupportedVersion] = () =>
            Opening(Hello(hello => hello with { MinVersion = 9, MaxVersion = 9 })),
        [DisconnectReason.Banned] = () => In(async arena =>
        {
            using RawPeer raw = await arena.DialFromAsync("villain");
            await BePenalisedAsync(raw);
            Assert.Equal(DisconnectReason.Penalised, await GoodbyeOfAsync(raw));
            using RawPeer again = await arena.DialFromAsync("villain");
            return await GoodbyeOfAsync(again);
        }),
        [DisconnectReason.HandshakeTimeout] = () => Opening(),
        [DisconnectReason.PingTimeout] = () => Frames(),
        [DisconnectReason.SlowReader] = () => In(async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            Tell(arena, peer, 200);
            return await EndOfAsync(arena, raw);
        }),
        [DisconnectReason.Penalised] = () => In(async arena =>
        {
            using RawPeer raw = await arena.DialAsync();
            await BePenalisedAsync(raw);
            return await GoodbyeOfAsync(raw);
        }),
        [DisconnectReason.NoCredit] = () => In(async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync(
                hello => hello with { CreditWindows = [65_600, 65_600, 65_600, 65_600] });
            Tell(arena, peer, 3);
            Task<IReadOnlyList<RawFrame>> reading = raw.ReadToEndAsync();
            DisconnectReason reason = await EndOfAsync(arena, raw);
            await reading;
            return reason;
        }),
        [DisconnectReason.MemoryShort] = () => In(
            async arena =>
            {
                byte[] requests = [.. Enumerable.Range(1, 4).SelectMany(id =>
                    RawPeer.Frame(FrameKind.Request, new byte[60_000], RawPeer.Normal, Blob.TypeCode, (ulong)id))];
                List<RawPeer> all = [];
                for (int i = 0; i < 40; i++)
                {
                    RawPeer raw = await arena.DialReadyAsync();
                    await raw.SendAsync(requests);
                    all.Add(raw);
                }

                DisconnectReason reason = (await arena.Events.ReadAsync<PeerDisconnected>()).Reason;
                all.ForEach(raw => raw.Reset());
                return reason;
            },
            settings => settings with
            {
                MemoryBudget = 7_300_000,
                ReassemblyBudget = 1_000_000,
                Session = settings.Session with { MaxMessage = 1_000_000, MaxStreams = 0 },
            }),
        [DisconnectReason.NotThisProtocol] = () => Opening("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray()),
        [DisconnectReason.UnexpectedFrame] = () => Frames(Hello(hello => hello)),
        [DisconnectReason.InvalidHello] = () => Opening(RawPeer.Frame(FrameKind.Hello, [0x0a, 0x7f, 0x01])),
        [DisconnectReason.FrameTooLong] = () =>
            Frames(RawPeer.Frame(FrameKind.Notify, null, RawPeer.Normal, Text.TypeCode, 1, length: 65_537)),
        [DisconnectReason.UnknownKind] = () => Frames(RawPeer.Frame((FrameKind)0x77, [1])),
        [DisconnectReason.InvalidFlags] = () => Frames(RawPeer.Frame(FrameKind.Ping, null, 0x40)),
        [DisconnectReason.InvalidLength] = () => Frames(RawPeer.Frame(FrameKind.Credit)),
        [DisconnectReason.MalformedFrame] = () => Frames(RawPeer.Frame(FrameKind.Ping, type: 5)),
        [DisconnectReason.MalformedHeaders] = () =>
            Frames(RawPeer.Frame(FrameKind.Notify, [0x07], RawPeer.Normal | 0x10, Text.TypeCode, 1)),
        [DisconnectReason.FragmentOutOfPlace] = () =>
            Frames(RawPeer.Frame(FrameKind.Notify, [1], More, Blob.TypeCode, 1)),
        [DisconnectReason.FragmentTotalMismatch] = () => Frames(FrameFaultTests.Beginning(1, 10, 10)),
        [DisconnectReason.TooManyFragmentedMessages] = () =>
            Frames([.. Enumerable.Range(1, 5).Select(i => FrameFaultTests.Beginning((ulong)i, 100_000, 10))]),
        [DisconnectReason.CreditExceeded] = () => Frames([.. Enumerable.Range(0, 5).Select(i =>
            RawPeer.Frame(FrameKind.Request, new byte[65_000], RawPeer.Normal, Blob.TypeCode, (ulong)i))]),
        [DisconnectReason.TooManyRequests] = () => Frames([.. Enumerable.Range(0, 257).Select(i =>
            RawPeer.Frame(FrameKind.Request, [1], RawPeer.Normal, Blob.TypeCode, (ulong)i))]),
        [DisconnectReason.DuplicateRequestId] = () => Frames([.. Enumerable.Range(0, 2).Select(_ =>
            RawPeer.Frame(FrameKind.Request, [1], RawPeer.Normal, Blob.TypeCode, 7))]),
        [DisconnectReason.BroadcastIdMismatch] = () =>
            Frames(
                RawPeer.Frame(FrameKind.Broadcast, [.. Broadcasts.Body("news"), 1], RawPeer.Normal, Text.TypeCode, 1)),
        [DisconnectReason.HopLimitExceeded] = () =>
            Frames(
                RawPeer.Frame(FrameKind.Broadcast, Broadcasts.Body("far", hops: 33), RawPeer.Normal, Text.TypeCode, 1)),
        [DisconnectReason.BroadcastNotOffered] = () =>
            Frames(RawPeer.Frame(FrameKind.GossipControl, [2, .. new byte[BroadcastId.Size]])),
        [DisconnectReason.TooManyUpdates] = () => Frames([.. Enumerable.Range(0, 33).SelectMany(
            _ => RawPeer.Frame(FrameKind.Update, [0x9b, 0x01, 0x07]))]),
        [DisconnectReason.TooManyControlFrames] = () => Frames([.. Enumerable.Range(0, ControlAllowance.Reserve + 200)
            .Select(i => RawPeer.Frame(FrameKind.Ping, id: (ulong)i))]),
        [DisconnectReason.BroadcastNotSigned] = () => In(async arena =>
        {
            P2PNode strict = await arena.StartAsync(
                static protocol => protocol.OnSignedBroadcast<Text>(static (_, _) => Verdict.Accept));
            using RawPeer raw = await arena.DialAsync(strict.ListenAddresses[0]);
            await raw.BecomeReadyAsync();
            await raw.SendAsync(
                FrameKind.Broadcast, Broadcasts.Body("not signed"), RawPeer.Normal, Text.TypeCode, id: 1);
            DisconnectReason reason = await GoodbyeOfAsync(raw);
            await strict.DisposeAsync();
            return reason;
        }),
        [DisconnectReason.StreamOutOfPlace] = () =>
            Frames(RawPeer.Frame(FrameKind.StreamData, [1], RawPeer.Normal, 0, 1)),
        [DisconnectReason.TooManyStreams] = () => Frames([.. Enumerable.Range(0, 65).Select(i =>
            RawPeer.Frame(FrameKind.StreamOpen, new byte[4], RawPeer.Normal, 0x5601, (ulong)((2 * i) + 1)))]),
        [DisconnectReason.NotNegotiated] = () => Frames(RawPeer.Frame(FrameKind.DiscoveryControl, [1])),
        [DisconnectReason.ControlOverflow] = () => In(async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
            Tell(arena, peer, 200);
            for (ulong id = 1; id <= 600; id++)
            {
                await raw.SendAsync(
                [
                    .. FrameFaultTests.Beginning(id, 2, 1, FrameKind.Response),
                    .. RawPeer.Frame(FrameKind.Response, [2], RawPeer.Normal, Blob.TypeCode, id),
                ]);
            }

            return await EndOfAsync(arena, raw);
        }),
        [DisconnectReason.MessageTooLong] = () => Frames(FrameFaultTests.Beginning(1, 128 << 20, 10)),
        [DisconnectReason.OtherReason] = () => Frames(Goodbye((DisconnectReason)0x77)),
        [DisconnectReason.ConnectionLost] = () => In(async arena =>
        {
            RawPeer raw = await arena.DialReadyAsync();
            raw.Dispose();
            return (await arena.EndOfAsync(raw)).Reason;
        }),
        [DisconnectReason.ConnectionReset] = () => In(async arena =>
        {
            RawPeer raw = await arena.DialReadyAsync();
            raw.Reset();
            return (await arena.EndOfAsync(raw)).Reason;
        }),
        [DisconnectReason.TransportFailed] = () => OnMeshAsync(async mesh =>
        {
            await using P2PNode node = await mesh.StartAsync(
                "a", transport: new FailingTransport(mesh.CreateTransport("a")));
            await using P2PNode other = await mesh.StartAsync("b");
            return (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(other.ListenAddresses[0])))
                .End!.Reason;
        }),
        [DisconnectReason.EncryptionFailed] = () => OnMeshAsync(async mesh =>
        {
            FailingTransport transport = new(mesh.CreateTransport("a"), TransportFault.HandshakeFailed);
            await using P2PNode node = await mesh.StartAsync("a", transport: transport);
            await using P2PNode other = await mesh.StartAsync("b");
            return (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(other.ListenAddresses[0])))
                .End!.Reason;
        }),
        [DisconnectReason.WrongNode] = () => OnMeshAsync(async mesh =>
        {
            await using P2PNode other = await mesh.StartAsync("b");
            ProvingTransport transport = new(mesh.CreateTransport("a"), NodeIdentity.Create().Id);
            await using P2PNode node = await mesh.StartAsync("a", transport: transport);
            return (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(other.ListenAddresses[0])))
                .End!.Reason;
        }),
        [DisconnectReason.NotAdmitted] = () => OnMeshAsync(async mesh =>
        {
            AccessSettings access = new() { AllowNetworks = ["10.0.0.0/8"] };
            await using P2PNode other = await mesh.StartAsync(
                "b", change: settings => settings with { Access = access });
            await using P2PNode node = await mesh.StartAsync("a");
            return (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(other.ListenAddresses[0])))
                .End!.Reason;
        }),
        [DisconnectReason.DrainTimeout] = () => In(async arena =>
        {
            (RawPeer raw, Peer peer) = await arena.DialAskableAsync(
                hello => hello with { CreditWindows = [65_600, 65_600, 65_600, 65_600] });
            Tell(arena, peer, 3);
            _ = arena.Node.DisconnectAsync(peer);
            return await EndOfAsync(arena, raw);
        }),
        [DisconnectReason.InternalError] = () => OnMeshAsync(async mesh =>
        {
            await using P2PNode node = await mesh.StartAsync("a");
            await using P2PNode other = await mesh.StartAsync("b");
            using NodeEvents events = node.Events();
            Peer peer = await node.ConnectAsync(other.ListenAddresses[0]);
            RestartTests.Fail(node, $"peer-{peer.ConnectionId}");
            return (await events.ReadAsync<PeerDisconnected>()).Reason;
        }),
    };

    public static TheoryData<DisconnectReason> Reasons { get; } = [.. Enum.GetValues<DisconnectReason>()];

    [Theory, MemberData(nameof(Reasons))]
    public async Task Some_scenario_ends_with_each_reason(DisconnectReason reason)
    {
        Assert.True(s_scenarios.TryGetValue(reason, out Func<Task<DisconnectReason>>? scenario),
            $"No scenario ends with {reason}.");
        Assert.Equal(reason, await scenario());
    }

    [Fact]
    public Task Twenty_violations_ban_an_address() => Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        for (int i = 0; i < PenaltyBook.BanAt / ReasonTable.ViolationPoints; i++)
        {
            using RawPeer raw = await memory.DialFromAsync("clumsy");
            await raw.SendAsync(Hello(hello => hello));
            await raw.SendAsync((FrameKind)0x77);
            Assert.Equal(DisconnectReason.UnknownKind, await GoodbyeOfAsync(raw));
        }

        await memory.DelayAsync(TimeSpan.FromSeconds(1));
        using RawPeer last = await memory.DialFromAsync("clumsy");
        Assert.Equal(DisconnectReason.Banned, await GoodbyeOfAsync(last));
    });

    [Fact]
    public Task A_goodbye_cannot_forge_a_line_of_the_log() => Arena.RunAsync(Network.Memory, async arena =>
    {
        RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync(FrameKind.Goodbye,
            CodedText.Encode((ushort)DisconnectReason.UnknownKind, "x\r\nError: all is lost\u001b[2J\u202e"));

        Assert.Equal("x\ufffd\ufffdError: all is lost\ufffd[2J\ufffd", (await arena.EndOfAsync(raw)).Detail);
        Assert.DoesNotContain(arena.Log.Lines, line => line.Any(char.IsControl));
        raw.Dispose();
    });

    private static byte[] Goodbye(DisconnectReason reason) =>
        RawPeer.Frame(FrameKind.Goodbye, CodedText.Encode((ushort)reason, ""));

    private static byte[] Hello(Func<Hello, Hello> change) =>
        RawPeer.Frame(FrameKind.Hello, RawPeer.Encode(change(RawPeer.CreateHello())));

    /// <summary>The reason with which a connection ends after these first frames.</summary>
    private static Task<DisconnectReason> Opening(params byte[][] frames) => In(async arena =>
    {
        RawPeer raw = await arena.DialAsync();
        await raw.SendAsync([.. frames.SelectMany(frame => frame)]);
        return await EndOfAsync(arena, raw);
    });

    /// <summary>The reason with which a connection ends after these frames, which follow the handshake.</summary>
    private static Task<DisconnectReason> Frames(params byte[][] frames) => In(async arena =>
    {
        RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync([.. frames.SelectMany(frame => frame)]);
        return await EndOfAsync(arena, raw);
    });

    private static async Task<DisconnectReason> EndOfAsync(Arena arena, RawPeer raw)
    {
        DisconnectReason reason = (await arena.EndOfAsync(raw)).Reason;
        raw.Dispose();
        return reason;
    }

    private static async Task BePenalisedAsync(RawPeer raw)
    {
        await raw.BecomeReadyAsync();
        for (ulong i = 1; i <= 10; i++)
        {
            await raw.SendAsync(FrameKind.Notify, NoText, RawPeer.Normal, Text.TypeCode, i);
        }
    }

    private static async Task<DisconnectReason> GoodbyeOfAsync(RawPeer raw)
    {
        RawFrame goodbye = await raw.ReadAsync(FrameKind.Goodbye);
        Assert.True(CodedText.TryRead(goodbye.Payload, out ushort code, out _));
        return (DisconnectReason)code;
    }

    private static void Tell(Arena arena, Peer peer, int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            _ = RestartTests.EndsAsync(arena.Node.TellAsync(peer, new Blob(new byte[60_000])));
        }
    }

    private static async Task<DisconnectReason> In(
        Func<MemoryArena, Task<DisconnectReason>> scenario, Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        DisconnectReason? reason = null;
        await Arena.RunAsync(Network.Memory, async arena => reason = await scenario((MemoryArena)arena), change);
        return reason!.Value;
    }

    private static Task<DisconnectReason> OnMeshAsync(Func<VirtualMesh, Task<DisconnectReason>> scenario)
    {
        VirtualMesh mesh = new();
        DisconnectReason? reason = null;
        mesh.Run(async () => reason = await scenario(mesh));
        return Task.FromResult(reason!.Value);
    }
}
