using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>Files that do not hold what they should.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private readonly TestDirectory _directory = new();
    private readonly LogLines _log = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("random")]
    [InlineData("text")]
    [InlineData("half")]
    [InlineData("header")]
    [InlineData("zeros in the middle")]
    public async Task A_damaged_file_is_renamed_and_an_empty_one_made(string damage)
    {
        await FillAsync();
        byte[] damaged = Damaged(await File.ReadAllBytesAsync(_directory.File), damage);
        await File.WriteAllBytesAsync(_directory.File, damaged);

        await using SqlitePeerStore store = await OpenAsync();

        Assert.Equal($"{_directory.File}.damaged-20261128T120000Z", store.SetAside);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(store.SetAside!));
        Assert.Empty(await store.ReadAsync("test"));
        Assert.Contains(store.SetAside!, Assert.Single(_log.Lines), StringComparison.Ordinal);
        await store.WriteAsync([PeerStoreChange.Set("test", "a", [1])]);
        Assert.Single(await store.ReadAsync("test"));
    }

    [Fact]
    public async Task Two_damaged_files_of_one_second_are_both_kept()
    {
        for (int i = 0; i < 2; i++)
        {
            await FillAsync();
            await File.WriteAllTextAsync(_directory.File, $"damage {i}");
            await using SqlitePeerStore store = await OpenAsync();
            Assert.Equal($"damage {i}", await File.ReadAllTextAsync(store.SetAside!));
        }

        Assert.Equal(2, Directory.EnumerateFiles(_directory.Data, "*.damaged-*").Count());
    }

    [Fact]
    public async Task A_whole_file_is_not_renamed()
    {
        await FillAsync();
        await using SqlitePeerStore store = await OpenAsync();
        Assert.Null(store.SetAside);
        Assert.Equal(1000, (await store.ReadAsync("test")).Count);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_node_with_a_damaged_file_starts()
    {
        await FillAsync();
        await File.WriteAllTextAsync(_directory.File, "damage");
        P2PNodeOptions options = new() { Listen = null, DataDirectory = _directory.Data };
        P2PNodeServices services = new() { OpenStore = SqlitePeerStore.Opener(_log) };

        await using P2PNode node = await P2PNode.StartAsync(options, services: services);

        Assert.Single(_log.Lines);
        await node.BanAsync(NodeId.FromPublicKey([1]), TimeSpan.FromHours(1));
    }

    private static byte[] Damaged(byte[] file, string damage)
    {
        byte[] damaged = [.. file];
        switch (damage)
        {
            case "random":
                new Random(1).NextBytes(damaged);
                break;
            case "text":
                return [.. "this is not a database, but a text that is long enough to have a header of its own "u8,
                    .. new byte[500]];
            case "half":
                return file[..(file.Length / 2)];
            case "header":
                damaged[0] ^= 0xff;
                break;
            default:
                damaged.AsSpan(file.Length / 2, 8192).Clear();
                break;
        }

        return damaged;
    }

    private async Task FillAsync()
    {
        if (File.Exists(_directory.File))
        {
            File.Delete(_directory.File);
        }

        await using SqlitePeerStore store = await SqlitePeerStore.OpenAsync(_directory.Data);
        await store.WriteAsync(
            [.. Enumerable.Range(0, 1000).Select(i => PeerStoreChange.Set("test", $"key{i}", new byte[100]))]);
    }

    private Task<SqlitePeerStore> OpenAsync() =>
        SqlitePeerStore.OpenAsync(_directory.Data, _log, new FakeTimeProvider(s_noon));

    /// <summary>Keeps the lines of a log.</summary>
    private sealed class LogLines : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
