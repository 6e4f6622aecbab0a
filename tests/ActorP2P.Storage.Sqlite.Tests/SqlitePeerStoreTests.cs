using System.Text;
using Microsoft.Data.Sqlite;

namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>The store in a file.</summary>
public sealed class SqlitePeerStoreTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Any_calls_have_the_effect_that_they_have_in_memory(int seed)
    {
        Random random = new(seed);
        MemoryPeerStore model = new();
        SqlitePeerStore store = await OpenAsync();
        for (int i = 0; i < 60; i++)
        {
            if (random.Next(10) == 0)
            {
                await store.DisposeAsync();
                store = await OpenAsync();
            }

            PeerStoreChange[] changes = [.. Enumerable.Range(0, random.Next(20)).Select(_ => AnyChange(random))];
            await model.WriteAsync(changes);
            await store.WriteAsync(changes);
            string table = AnyTable(random);
            Assert.Equal(
                Shown(await model.ReadAsync(table)), Shown(await store.ReadAsync(table)));
        }

        await store.DisposeAsync();
        Assert.Equal(["lock", SqlitePeerStore.FileName],
            Directory.EnumerateFiles(_directory.Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_longest_keys_and_values_are_kept()
    {
        string key = new('ä', PeerStoreLimits.MaxKey / 2);
        byte[] value = new byte[PeerStoreLimits.MaxValue];
        new Random(1).NextBytes(value);
        await using (SqlitePeerStore store = await OpenAsync())
        {
            await store.WriteAsync([PeerStoreChange.Set("test", key, value), PeerStoreChange.Set("test", "empty", [])]);
        }

        await using SqlitePeerStore again = await OpenAsync();
        IReadOnlyList<PeerStoreEntry> entries = await again.ReadAsync("test");
        Assert.Equal(["empty", key], entries.Select(entry => entry.Key));
        Assert.True(entries[0].Value.IsEmpty);
        Assert.Equal(value, entries[1].Value.ToArray());
    }

    [Fact]
    public async Task A_write_beyond_the_bounds_changes_nothing()
    {
        await using SqlitePeerStore store = await OpenAsync();
        for (int i = 0; i < PeerStoreLimits.MaxEntries; i += PeerStoreLimits.MaxChanges)
        {
            await store.WriteAsync([.. Enumerable.Range(i, PeerStoreLimits.MaxChanges)
                .Select(key => PeerStoreChange.Set("test", $"{key}", [1]))]);
        }

        PeerStoreException full = await Assert.ThrowsAsync<PeerStoreException>(async () => await store.WriteAsync(
            [PeerStoreChange.Set("test", "0", [2]), PeerStoreChange.Set("test", "more", [1])]));

        Assert.Equal(PeerStoreFault.Full, full.Reason);
        Assert.Equal(1, (await store.ReadAsync("test"))[0].Value.Span[0]);
        await store.WriteAsync([PeerStoreChange.Set("test", "0", [2])]);
        await store.WriteAsync([PeerStoreChange.Remove("test", "1"), PeerStoreChange.Set("test", "more", [1])]);
        Assert.Equal(PeerStoreLimits.MaxEntries, (await store.ReadAsync("test")).Count);
    }

    [Fact]
    public async Task Tables_are_bounded()
    {
        await using SqlitePeerStore store = await OpenAsync();
        await store.WriteAsync([.. Enumerable.Range(0, PeerStoreLimits.MaxTables)
            .Select(i => PeerStoreChange.Set($"table{i}", "a", []))]);

        PeerStoreException full = await Assert.ThrowsAsync<PeerStoreException>(
            async () => await store.WriteAsync([PeerStoreChange.Set("more", "a", [])]));

        Assert.Equal(PeerStoreFault.Full, full.Reason);
        await store.WriteAsync([PeerStoreChange.Remove("table0", "a"), PeerStoreChange.Set("more", "a", [])]);
    }

    [Fact]
    public async Task Calls_that_are_made_together_are_all_done()
    {
        await using SqlitePeerStore store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            await store.WriteAsync([PeerStoreChange.Set("test", $"{i}", [1])]);
            Assert.Contains(await store.ReadAsync("test"), entry => entry.Key == $"{i}");
        }));
        Assert.Equal(50, (await store.ReadAsync("test")).Count);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        SqlitePeerStore store = await OpenAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Equal(PeerStoreFault.Closed, (await Assert.ThrowsAsync<PeerStoreException>(
            async () => await store.ReadAsync("test"))).Reason);
        Assert.Equal(PeerStoreFault.Closed, (await Assert.ThrowsAsync<PeerStoreException>(
            async () => await store.WriteAsync([]))).Reason);
    }

    [Fact]
    public async Task Wrong_arguments_are_refused()
    {
        await using SqlitePeerStore store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.ReadAsync("no table"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.WriteAsync([null!]));
        await Assert.ThrowsAsync<ArgumentException>(() => SqlitePeerStore.OpenAsync(" "));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.ReadAsync("test", new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_directory_is_used_by_one_store_at_a_time()
    {
        SqlitePeerStore first = await OpenAsync();
        PeerStoreException second = await Assert.ThrowsAsync<PeerStoreException>(OpenAsync);
        Assert.Equal(PeerStoreFault.InUse, second.Reason);
        Assert.Contains(_directory.Data, second.Message, StringComparison.Ordinal);
        await first.WriteAsync([PeerStoreChange.Set("test", "a", [1])]);
        await first.DisposeAsync();
        await using SqlitePeerStore third = await OpenAsync();
        Assert.Single(await third.ReadAsync("test"));
    }

    [Fact]
    public async Task A_file_that_is_open_elsewhere_is_in_use()
    {
        await (await OpenAsync()).DisposeAsync();
        await using SqliteConnection other = new($"Data Source={_directory.File};Pooling=false");
        await other.OpenAsync();
        await using SqliteCommand hold = new("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE", other);
        await hold.ExecuteNonQueryAsync();

        PeerStoreException inUse = await Assert.ThrowsAsync<PeerStoreException>(OpenAsync);

        Assert.Equal(PeerStoreFault.InUse, inUse.Reason);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        await ChangeFileAsync("PRAGMA user_version = 2");

        PeerStoreException newer = await Assert.ThrowsAsync<PeerStoreException>(OpenAsync);

        Assert.Equal(PeerStoreFault.NewerVersion, newer.Reason);
        Assert.Equal(2, Directory.EnumerateFiles(_directory.Data).Count());
        await ChangeFileAsync("PRAGMA user_version = 1");
        await (await OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_file_of_another_software_is_left_alone()
    {
        Directory.CreateDirectory(_directory.Data);
        await ChangeFileAsync("CREATE TABLE recipes (name TEXT)");

        PeerStoreException other = await Assert.ThrowsAsync<PeerStoreException>(OpenAsync);

        Assert.Equal(PeerStoreFault.NotAStore, other.Reason);
        await ChangeFileAsync("INSERT INTO recipes VALUES ('cake')");
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_named()
    {
        string file = Path.Combine(_directory.Path, "file");
        await File.WriteAllTextAsync(file, "");
        string[] directories = OperatingSystem.IsLinux() ? [file, "/proc/actorp2p"] : [file];
        foreach (string directory in directories)
        {
            PeerStoreException failure = await Assert.ThrowsAsync<PeerStoreException>(
                () => SqlitePeerStore.OpenAsync(directory));
            Assert.Equal(PeerStoreFault.Unavailable, failure.Reason);
            Assert.Contains(directory, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_read_only_directory_is_named()
    {
        // The superuser may write everywhere.
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            return;
        }

        Directory.CreateDirectory(_directory.Data);
        File.SetUnixFileMode(_directory.Data, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        PeerStoreException failure = await Assert.ThrowsAsync<PeerStoreException>(OpenAsync);

        Assert.Equal(PeerStoreFault.Unavailable, failure.Reason);
    }

    private Task<SqlitePeerStore> OpenAsync() => SqlitePeerStore.OpenAsync(_directory.Data);

    private async Task ChangeFileAsync(string sql)
    {
        await using SqliteConnection connection = new($"Data Source={_directory.File};Pooling=false");
        await connection.OpenAsync();
        await using SqliteCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string AnyTable(Random random) => $"table{random.Next(4)}";

    private static PeerStoreChange AnyChange(Random random)
    {
        string[] keys = ["a", "A", "ä", "'; DROP TABLE entries; --", "a%", "\ud83d\ude00", "\uffee", "p2p://x@[::1]:1"];
        string key = keys[random.Next(keys.Length)];
        byte[] value = new byte[random.Next(100)];
        random.NextBytes(value);
        return random.Next(3) == 0
            ? PeerStoreChange.Remove(AnyTable(random), key)
            : PeerStoreChange.Set(AnyTable(random), key, value);
    }

    private static string Shown(IReadOnlyList<PeerStoreEntry> entries) => entries.Aggregate(
        new StringBuilder(),
        (text, entry) => text.Append(entry.Key).Append('=').Append(Convert.ToHexString(entry.Value.Span)).Append(';'))
        .ToString();
}
