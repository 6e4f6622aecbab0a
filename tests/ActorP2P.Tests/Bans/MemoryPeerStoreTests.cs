namespace ActorP2P.Tests.Bans;

/// <summary>The store in memory, and the bounds of every store.</summary>
public sealed class MemoryPeerStoreTests
{
    private readonly MemoryPeerStore _store = new();

    [Fact]
    public async Task Entries_are_read_in_the_order_of_their_keys()
    {
        await _store.WriteAsync([Set("b", 2), Set("a", 1), Set("B", 3), Set("b", 4)]);

        IReadOnlyList<PeerStoreEntry> entries = await _store.ReadAsync("test");

        Assert.Equal(["B", "a", "b"], entries.Select(entry => entry.Key));
        Assert.Equal([3, 1, 4], entries.Select(entry => (int)entry.Value.Span[0]));
        Assert.Empty(await _store.ReadAsync("other"));
    }

    [Fact]
    public async Task A_removed_entry_is_gone()
    {
        await _store.WriteAsync([Set("a", 1), Set("b", 1)]);
        await _store.WriteAsync([PeerStoreChange.Remove("test", "a"), PeerStoreChange.Remove("test", "none")]);
        Assert.Equal("b", Assert.Single(await _store.ReadAsync("test")).Key);
    }

    [Fact]
    public async Task A_value_is_copied()
    {
        byte[] value = [1];
        PeerStoreChange change = PeerStoreChange.Set("test", "a", value);
        value[0] = 2;
        await _store.WriteAsync([change]);
        Assert.Equal(1, (await _store.ReadAsync("test"))[0].Value.Span[0]);
    }

    [Fact]
    public async Task A_write_beyond_the_bounds_changes_nothing()
    {
        await _store.WriteAsync([Set("first", 1)]);
        for (int i = 1; i < PeerStoreLimits.MaxEntries; i += 10_000)
        {
            int count = Math.Min(10_000, PeerStoreLimits.MaxEntries - i);
            await _store.WriteAsync([.. Enumerable.Range(i, count).Select(key => Set($"{key}", 1))]);
        }

        PeerStoreException full = await Assert.ThrowsAsync<PeerStoreException>(
            async () => await _store.WriteAsync([Set("first", 2), Set("more", 1)]));

        Assert.Equal(PeerStoreFault.Full, full.Reason);
        Assert.Equal(1, (await _store.ReadAsync("test")).Single(entry => entry.Key == "first").Value.Span[0]);
        await _store.WriteAsync([PeerStoreChange.Remove("test", "first"), Set("more", 1)]);
    }

    [Fact]
    public async Task Tables_are_bounded()
    {
        for (int i = 0; i < PeerStoreLimits.MaxTables; i++)
        {
            await _store.WriteAsync([PeerStoreChange.Set($"table{i}", "a", [])]);
        }

        await Assert.ThrowsAsync<PeerStoreException>(
            async () => await _store.WriteAsync([PeerStoreChange.Set("more", "a", [])]));
        await _store.WriteAsync([PeerStoreChange.Remove("table0", "a"), PeerStoreChange.Set("more", "a", [])]);
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("Bans", "a")]
    [InlineData("a b", "a")]
    [InlineData("a-name-that-is-longer-than-allowed", "a")]
    [InlineData("test", "")]
    [InlineData("test", "a\0b")]
    public void Names_and_keys_out_of_bounds_are_refused(string table, string key)
    {
        Assert.Contains("allowed", Assert.Throws<ArgumentException>(
            () => PeerStoreChange.Set(table, key, [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PeerStoreChange.Remove(table, key));
    }

    [Fact]
    public async Task Lengths_out_of_bounds_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PeerStoreChange.Set("test", "\ud800", []));
        PeerStoreChange.Set("test", new string('ä', PeerStoreLimits.MaxKey / 2), new byte[PeerStoreLimits.MaxValue]);
        Assert.Throws<ArgumentException>(
            () => PeerStoreChange.Set("test", new string('ä', (PeerStoreLimits.MaxKey / 2) + 1), []));
        Assert.Throws<ArgumentException>(
            () => PeerStoreChange.Set("test", "a", new byte[PeerStoreLimits.MaxValue + 1]));
        PeerStoreChange[] changes = [.. Enumerable.Repeat(Set("a", 1), PeerStoreLimits.MaxChanges + 1)];
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.WriteAsync(changes));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.WriteAsync([null!]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ReadAsync("no table"));
        Assert.Empty(await _store.ReadAsync("test"));
    }

    private static PeerStoreChange Set(string key, byte value) => PeerStoreChange.Set("test", key, [value]);
}
