using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>Files in HOCON as a source of .NET's configuration.</summary>
public sealed class HoconFileTests : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly WatchedFiles _files = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Paths_lists_and_values_are_keys_and_texts()
    {
        IConfiguration read = Read("""
            actorp2p.lobby { network-id = chess, session.ping-after = 30s }
            list = [a, { b = 1 }], "a.b" = yes, empty = [], nothing = {}, none = null
            """);

        Assert.Equal("chess", read["actorp2p:lobby:network-id"]);
        Assert.Equal("30s", read["actorp2p:lobby:session:ping-after"]);
        Assert.Equal(("a", "1"), (read["list:0"], read["list:1:b"]));
        Assert.Equal(("yes", "", null, null), (read["a.b"], read["empty"], read["nothing"], read["none"]));
    }

    [Fact]
    public void Later_sources_and_the_environment_go_above_the_file()
    {
        Environment.SetEnvironmentVariable("ACTORP2P_HOCON_FILE_TEST__node__listen", "off");
        try
        {
            IConfiguration read = new ConfigurationBuilder()
                .AddHoconFile(_folder.Write(
                    "node.conf", "node { listen = \"a:1\", network-id = file, user-agent = file }"))
                .AddInMemoryCollection(new Dictionary<string, string?> { ["node:network-id"] = "later" })
                .AddEnvironmentVariables("ACTORP2P_HOCON_FILE_TEST__")
                .Build();

            Assert.Equal(
                ("off", "later", "file"), (read["node:listen"], read["node:network-id"], read["node:user-agent"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ACTORP2P_HOCON_FILE_TEST__node__listen", null);
        }
    }

    [Fact]
    public void A_file_is_relative_to_the_base_path()
    {
        _folder.Write("node.conf", "a = 1");

        Assert.Equal("1", new ConfigurationBuilder()
            .SetBasePath(_folder.PathOf("")).AddHoconFile("node.conf").Build()["a"]);
    }

    [Fact]
    public void A_missing_file_is_empty_where_it_is_optional()
    {
        Assert.Empty(new ConfigurationBuilder().AddHoconFile(_folder.PathOf("no.conf"), optional: true).Build()
            .AsEnumerable());
        FileNotFoundException refusal = Assert.Throws<FileNotFoundException>(
            () => new ConfigurationBuilder().AddHoconFile(_folder.PathOf("no.conf")).Build());
        Assert.Contains("no.conf", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = 1\nb = [", "line 2")]
    [InlineData("key = 1, Key = 2", "does not distinguish upper and lower")]
    [InlineData("include required(\"missing\")", "missing")]
    public void A_file_that_is_broken_at_the_start_is_refused(string content, string said)
    {
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => Read(content));

        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_is_read_when_its_writer_has_finished()
    {
        IConfigurationRoot read = Watch("a = 1");
        int reloads = 0;
        using IDisposable registration = Microsoft.Extensions.Primitives.ChangeToken.OnChange(
            read.GetReloadToken, () => reloads++);
        string file = _folder.Write("node.conf", "a = 2");

        _files.Change(file);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(("1", 0), (read["a"], reloads));
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(("2", 1), (read["a"], reloads));

        _folder.Write("node.conf", "a = 3");
        _files.Change(file);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(("3", 2), (read["a"], reloads));
    }

    [Fact]
    public void An_included_file_is_watched_too_even_one_that_is_missing()
    {
        string part = _folder.Write("part.conf", "a = 1");
        IConfigurationRoot read = Watch("include \"part.conf\"\ninclude \"later.conf\"");
        Assert.Equal(["later.conf", "node.conf", "part.conf"], _files.Names);

        _folder.Write("part.conf", "a = 2");
        _files.Change(part);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal("2", read["a"]);

        _files.Change(_folder.Write("later.conf", "a = 3"));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal("3", read["a"]);
    }

    [Theory]
    [InlineData("a = [")]
    [InlineData(null)]
    public async Task A_file_that_breaks_leaves_the_values_and_is_logged(string? content)
    {
        IConfigurationRoot read = Watch("a = 1");
        string file = _folder.PathOf("node.conf");
        using LoggedLines lines = new();
        Assert.Single(read.Providers.OfType<HoconConfigurationProvider>()).LogTo(lines);

        Break(content);
        _files.Change(file);
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal("1", read["a"]);
        Assert.Contains("node.conf", await lines.NextAsync(2001), StringComparison.Ordinal);
        _folder.Write("node.conf", "a = 2");
        _files.Change(file);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal("2", read["a"]);
        Assert.Empty(lines.Rest());
    }

    [Fact]
    public async Task A_file_that_broke_before_there_was_a_logger_is_logged_later()
    {
        IConfigurationRoot read = Watch("a = 1");
        Break("a = [");

        read.Reload();

        using LoggedLines lines = new();
        Assert.Single(read.Providers.OfType<HoconConfigurationProvider>()).LogTo(lines);
        Assert.Contains("node.conf", await lines.NextAsync(2001), StringComparison.Ordinal);
        Assert.Equal("1", read["a"]);
    }

    [Fact]
    public async Task A_reader_that_throws_at_a_reload_is_logged_and_told_of_the_next()
    {
        IConfigurationRoot read = Watch("a = 1");
        string file = _folder.PathOf("node.conf");
        using LoggedLines lines = new();
        Assert.Single(read.Providers.OfType<HoconConfigurationProvider>()).LogTo(lines);
        List<string?> seen = [];
        using IDisposable registration = Microsoft.Extensions.Primitives.ChangeToken.OnChange(read.GetReloadToken, () =>
        {
            seen.Add(read["a"]);
            throw new InvalidOperationException("2 is too many");
        });

        foreach (string content in new[] { "a = 2", "a = 3" })
        {
            _folder.Write("node.conf", content);
            _files.Change(file);
            _time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.Contains("2 is too many", await lines.NextAsync(2001), StringComparison.Ordinal);
        }

        Assert.Equal(["2", "3"], seen);
    }

    [Fact]
    public async Task A_change_amid_a_reload_holds_up_neither()
    {
        string file = _folder.Write("node.conf", "a = 1");
        CancellationTokenSource? before = null;
        Thread? change = null;
        using FileWatch watch = new(new HoconConfigurationSource
        {
            Path = file,
            TimeProvider = _time,
            Watch = _ =>
            {
                if (before is { } told && change is null)
                {
                    // The change is told while the files are registered anew: its callback waits for that. The
                    // registration before must not be disposed, which waits for the callback, until it is over.
                    change = new Thread(told.Cancel) { IsBackground = true };
                    change.Start();
                    SpinWait.SpinUntil(() => change.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_guard);
                }

                before = new CancellationTokenSource();
                return new Microsoft.Extensions.Primitives.CancellationChangeToken(before.Token);
            },
        });
        int changes = 0;
        watch.Start([file], () => changes++);
        CancellationTokenSource first = before!;

        await Task.Run(() => watch.Start([file], () => changes++)).WaitAsync(s_guard);
        Assert.True(change!.Join(s_guard));
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.True(first.IsCancellationRequested);
        Assert.Equal(1, changes);
    }

    [Fact]
    public void A_configuration_that_is_disposed_reads_no_more()
    {
        IConfigurationRoot read = Watch("a = 1");
        string file = _folder.Write("node.conf", "a = 2");
        _files.Change(file);

        (read as IDisposable)!.Dispose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("1", read["a"]);
    }

    public void Dispose() => _folder.Dispose();

    private IConfiguration Read(string content) =>
        new ConfigurationBuilder().AddHoconFile(_folder.Write("node.conf", content)).Build();

    private IConfigurationRoot Watch(string content) => new ConfigurationBuilder().Add(new HoconConfigurationSource
    {
        Path = _folder.Write("node.conf", content),
        ReloadOnChange = true,
        Watch = _files.Watch,
        TimeProvider = _time,
    }).Build();

    private void Break(string? content)
    {
        if (content is null)
        {
            File.Delete(_folder.PathOf("node.conf"));
        }
        else
        {
            _folder.Write("node.conf", content);
        }
    }
}
