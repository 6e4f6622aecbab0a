using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>Peers that misuse the announcements of dropped broadcasts, and the cost for the node.</summary>
[Collection(SocketsCollection.Name)]
public sealed class AnnouncementTests
{
    private const int IdsInAFrame = 64;

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_announcement_that_is_too_long_is_refused(Network network) => Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync(FrameKind.GossipControl, [1, .. new byte[65_008]]);
        await arena.ExpectRefusalAsync(raw, DisconnectReason.InvalidLength);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Only_a_bounded_part_of_a_flood_of_ids_is_asked_for(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        for (int i = 0; i < 10 * PullBook.Quota / IdsInAFrame; i++)
        {
            await raw.SendAsync(FrameKind.GossipControl, Ids(GossipOperation.Dropped, i * IdsInAFrame, IdsInAFrame));
            await arena.AssertHonestIsServedAsync();
        }

        int asked = 0;
        while (asked < PullBook.Quota)
        {
            RawFrame frame = await raw.ReadAsync(FrameKind.GossipControl);
            Assert.Equal((byte)GossipOperation.Wanted, frame.Payload[0]);
            asked += (frame.Payload.Length - 1) / BroadcastId.Size;
        }

        await Arena.AssertIsKeptAsync(raw);
        Assert.Equal(PullBook.Quota, asked);
        Assert.Equal(PullBook.Quota, arena.Node.Statistics.AskedBroadcasts);
        raw.Reset();
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_peer_that_asks_for_more_than_announced_is_refused(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync(FrameKind.GossipControl, Ids(GossipOperation.Wanted, 1, 1));
        await arena.ExpectRefusalAsync(raw, DisconnectReason.BroadcastNotOffered);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_broadcast_that_is_asked_for_twice_is_sent_once(Network network) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw =
            await arena.DialReadyAsync(hello => hello with { CreditWindows = [65_600, 65_600, 65_600, 65_600] });
        for (int i = 0; i < 40; i++)
        {
            await arena.Node.BroadcastAsync(new Blob(new byte[60_000]));
            await arena.AssertHonestIsServedAsync();
        }

        // The first window lets one of them through, and 18 fill the queue. The credit for the rest empties it.
        await arena.SettleAsync(raw);
        Assert.Equal(40 - 1 - 18, arena.Node.Statistics.DroppedBroadcasts);
        await raw.SendAsync(FrameKind.Credit, [(byte)CreditClass.Broadcast, 0, 0, 0, 0, 64, 0, 0, 0]);
        byte[] announced = (await raw.ReadAsync(FrameKind.GossipControl)).Payload;
        Assert.Equal((byte)GossipOperation.Dropped, announced[0]);
        Assert.True(announced.Length > 1 + (2 * BroadcastId.Size));
        byte[] wanted = [(byte)GossipOperation.Wanted, .. announced.AsSpan(1, BroadcastId.Size)];
        await raw.SendAsync(FrameKind.GossipControl, wanted);
        await raw.SendAsync(FrameKind.GossipControl, wanted);

        BroadcastId id = BroadcastId.Read(announced.AsSpan(1));
        while (BroadcastId.Read((await raw.ReadAsync(FrameKind.Broadcast)).Payload) != id)
        {
        }

        // The broadcast has arrived. It must not arrive again before the end.
        await raw.SendAsync(FrameKind.Goodbye, CodedText.Encode((ushort)DisconnectReason.ApplicationClosed, ""));
        while (await raw.ReadAsync() is { } frame && frame.Kind != FrameKind.GoodbyeAck)
        {
            Assert.False(frame.Kind == FrameKind.Broadcast && BroadcastId.Read(frame.Payload) == id);
        }

        Assert.Equal(1, arena.Node.Statistics.ResentBroadcasts);
    });

    /// <summary>Two peers hold the broadcasts that could not be sent; the first one asked stays silent.</summary>
    [Fact]
    public Task When_the_asked_peer_sends_nothing_the_next_is_asked() =>
        Arena.RunAsync(Network.Memory, async arena =>
    {
        MemoryArena memory = (MemoryArena)arena;
        using RawPeer silent = await arena.DialReadyAsync();
        using RawPeer other = await arena.DialReadyAsync();
        byte[] body = Broadcasts.Body("news");
        byte[] dropped = [(byte)GossipOperation.Dropped, .. body.AsSpan(0, BroadcastId.Size)];
        await silent.SendAsync(FrameKind.GossipControl, dropped);
        await silent.ReadAsync(FrameKind.GossipControl);
        await other.SendAsync(FrameKind.GossipControl, dropped);
        TimeSpan announced = memory.Now;

        RawFrame wanted = await other.ReadAsync(FrameKind.GossipControl);
        Assert.InRange(memory.Now - announced, TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(11));
        Assert.Equal([(byte)GossipOperation.Wanted, .. dropped.AsSpan(1)], wanted.Payload);
        await other.SendAsync(FrameKind.Broadcast, body, RawPeer.Normal, Text.TypeCode, 1);
        await arena.SettleAsync(other);
        Assert.Equal(1, arena.Node.Statistics.RecoveredBroadcasts);
    });

    private static byte[] Ids(GossipOperation operation, int first, int count)
    {
        byte[] payload = new byte[1 + (count * BroadcastId.Size)];
        payload[0] = (byte)operation;
        for (int i = 0; i < count; i++)
        {
            new BroadcastId(1, (ulong)(first + i)).Write(payload.AsSpan(1 + (i * BroadcastId.Size)));
        }

        return payload;
    }
}
