namespace ActorP2P.Protocol.Tests;

public class RequestTableTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(1);
    private static readonly TimeSpan Later = Now + TimeSpan.FromSeconds(10);

    [Fact]
    public void An_answer_from_the_asked_peer_closes_the_request_once()
    {
        RequestTable<string> table = new(10);
        Assert.True(table.TryOpen(Now, "a", 1, 5, Later, out RequestId id));
        Assert.True(table.TryClose(id, 1, out string? asker));
        Assert.Equal("a", asker);
        Assert.False(table.TryClose(id, 1, out _));
        Assert.Equal(0, table.Count);
        Assert.Null(table.NextDeadline);
    }

    [Fact]
    public void An_answer_with_another_link_or_salt_is_ignored()
    {
        RequestTable<string> table = new(10);
        table.TryOpen(Now, "a", 1, 5, Later, out RequestId id);
        Assert.False(table.TryClose(id, 2, out _));
        Assert.False(table.TryClose(new RequestId(id.Value ^ 1), 1, out _));
        Assert.False(table.TryClose(new RequestId(id.Value ^ (1UL << 24)), 1, out _));
        Assert.False(table.TryClose(new RequestId(id.Value ^ (1UL << 40)), 1, out _));
        Assert.False(table.TryClose(new RequestId(ulong.MaxValue), 1, out _));
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_late_answer_does_not_match_a_later_request()
    {
        RequestTable<string> table = new(1);
        table.TryOpen(Now, "first", 1, 5, Later, out RequestId first);
        Assert.True(table.TryExpire(Later, out string? expired, out RequestId id, out long link));
        Assert.Equal(("first", first, 1L), (expired, id, link));
        table.TryOpen(Later, "second", 1, 5, Later + TimeSpan.FromSeconds(10), out RequestId second);
        Assert.NotEqual(first, second);
        Assert.False(table.TryClose(first, 1, out _));
        Assert.True(table.TryClose(second, 1, out _));
    }

    [Fact]
    public void A_slot_gives_65536_ids_before_one_is_repeated()
    {
        RequestTable<string> table = new(1);
        HashSet<ulong> ids = [];
        for (int i = 0; i < 65_536; i++)
        {
            Assert.True(table.TryOpen(Now, "a", 1, 5, Later, out RequestId id));
            Assert.True(ids.Add(id.Value));
            Assert.True(table.TryClose(id, 1, out _));
        }

        table.TryOpen(Now, "a", 1, 5, Later, out RequestId again);
        Assert.Contains(again.Value, ids);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void No_more_requests_are_open_than_the_capacity(int capacity)
    {
        RequestTable<string> table = new(capacity);
        for (int i = 0; i < capacity; i++)
        {
            Assert.True(table.TryOpen(Now, "a", 1, 5, Later, out _));
        }

        Assert.False(table.TryOpen(Now, "b", 1, 5, Later, out _));
        Assert.Equal(capacity, table.Count);
    }

    [Fact]
    public void Requests_expire_at_their_deadline_and_not_before()
    {
        RequestTable<string> table = new(10);
        table.TryOpen(Now, "soon", 1, 5, Now + TimeSpan.FromSeconds(1), out _);
        table.TryOpen(Now, "later", 1, 5, Later, out _);
        Assert.False(table.TryExpire(Now + TimeSpan.FromMilliseconds(999), out _, out _, out _));
        Assert.True(table.TryExpire(Now + TimeSpan.FromSeconds(1), out string? asker, out _, out _));
        Assert.Equal("soon", asker);
        Assert.False(table.TryExpire(Now + TimeSpan.FromSeconds(1), out _, out _, out _));
        Assert.True(table.NextDeadline <= Later + DeadlineWheel.Slice);
    }

    [Fact]
    public void When_a_link_is_lost_its_requests_end_and_no_others()
    {
        RequestTable<string> table = new(10);
        table.TryOpen(Now, "a1", 1, 5, Later, out _);
        table.TryOpen(Now, "b", 2, 5, Later, out RequestId kept);
        table.TryOpen(Now, "a2", 1, 5, Later, out _);
        Assert.Equal(["a1", "a2"], table.CloseAll(1).ToList());
        Assert.True(table.TryClose(kept, 2, out _));
        Assert.Empty(table.CloseAll(null).ToList());
    }

    [Fact]
    public void An_id_lays_out_place_generation_and_salt()
    {
        RequestId id = new(0xabcdef, 0x1234, 0xff56789a);
        Assert.Equal("abcdef123456789a", id.ToString());
        Assert.Equal(0xabcdef, id.Slot);
    }
}
