namespace ActorP2P.Protocol.Tests;

public class DroppedBroadcastsTests
{
    private const int Piece = 4 * 1024;

    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    private readonly MemoryBudget _memory = Given.Memory();

    [Fact]
    public void A_link_gets_each_broadcast_it_missed_once()
    {
        DroppedBroadcasts store = new(10 * Piece, _memory);
        KeptBroadcast broadcast = Broadcast(1, 100);
        store.Keep(Start, broadcast, link: 7);

        Assert.False(store.TryGive(Start, broadcast.Id, 8, out _));
        Assert.True(store.TryGive(Start, broadcast.Id, 7, out KeptBroadcast given));
        Assert.Equal(100, given.Owner.Array.AsSpan(given.Offset, given.Length).Length);
        Assert.Equal(1, given.Owner.Array[given.Offset]);
        given.Owner.Release();
        Assert.False(store.TryGive(Start, broadcast.Id, 7, out _));

        store.Keep(Start, Broadcast(1, 100), link: 7);
        Assert.True(store.TryGive(Start, broadcast.Id, 7, out given));
        given.Owner.Release();
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void A_broadcast_is_kept_for_half_a_minute_from_its_first_drop()
    {
        DroppedBroadcasts store = new(10 * Piece, _memory);
        KeptBroadcast broadcast = Broadcast(1, 100);
        store.Keep(Start, broadcast, 7);
        store.Keep(Start + TimeSpan.FromSeconds(20), Broadcast(1, 100), 8);

        Assert.True(store.TryGive(Start + TimeSpan.FromSeconds(29.9), broadcast.Id, 7, out KeptBroadcast given));
        given.Owner.Release();
        Assert.False(store.TryGive(Start + TimeSpan.FromSeconds(30), broadcast.Id, 8, out _));
        Assert.Equal((0, 0, 0L), (store.Count, store.Bytes, _memory.Held));
    }

    [Fact]
    public void The_oldest_are_removed_and_a_too_long_one_is_not_kept()
    {
        DroppedBroadcasts store = new(3 * Piece, _memory);
        KeptBroadcast[] broadcasts = [.. Enumerable.Range(1, 4).Select(i => Broadcast((byte)i, 100))];
        foreach (KeptBroadcast broadcast in broadcasts)
        {
            store.Keep(Start, broadcast, 7);
        }

        KeptBroadcast large = Broadcast(9, 4 * Piece);
        store.Keep(Start, large, 7);

        Assert.Equal((3, 3L * Piece, 3L * Piece), (store.Count, store.Bytes, _memory.Held));
        Assert.False(store.TryGive(Start, broadcasts[0].Id, 7, out _));
        Assert.False(store.TryGive(Start, large.Id, 7, out _));
        Assert.True(store.TryGive(Start, broadcasts[1].Id, 7, out KeptBroadcast given));
        given.Owner.Release();
        Assert.True(Given.IsReleased(large.Owner));
        store.Clear();
        Assert.Equal((0, 0L, 0L), (store.Count, store.Bytes, _memory.Held));
    }

    [Fact]
    public void A_small_message_is_copied_and_a_charged_one_is_not()
    {
        DroppedBroadcasts store = new(100 * Piece, _memory);
        KeptBroadcast shared = Broadcast(1, 100) with { Offset = 50 };
        shared.Owner.Array[50] = 77;
        store.Keep(Start, shared, 7);
        KeptBroadcast charged = Broadcast(2, 20_000);
        charged.Owner.ChargeTo(_memory);
        store.Keep(Start, charged, 7);

        Assert.True(Given.IsReleased(shared.Owner));
        Assert.True(store.TryGive(Start, shared.Id, 7, out KeptBroadcast copy));
        Assert.Equal(77, copy.Owner.Array[copy.Offset]);
        Assert.True(store.TryGive(Start, charged.Id, 7, out KeptBroadcast same));
        Assert.Same(charged.Owner, same.Owner);
        copy.Owner.Release();
        same.Owner.Release();
        store.Clear();
        Assert.Equal(0, _memory.Held);
    }

    private static KeptBroadcast Broadcast(byte content, int length)
    {
        SharedBuffer owner = SharedBuffer.Rent(length + 100);
        owner.Array.AsSpan().Fill(content);
        return new KeptBroadcast(new BroadcastId(content, content), 0x0101, Lane.Normal, owner, 0, length);
    }
}
