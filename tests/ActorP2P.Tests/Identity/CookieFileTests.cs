using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>The file of a node's cookie: who can read it, when it is there, and what else is not a cookie.</summary>
[Collection(SocketsCollection.Name)]
public sealed class CookieFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_cookie_is_new_at_each_start_and_gone_after_the_end()
    {
        string first;
        await using (await StartAsync())
        {
            first = await File.ReadAllTextAsync(_folder["cookie"]);
            Assert.Matches("^[0-9a-f]{64}\n$", first);
            Assert.Equal(["cookie"], _folder.Files);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["cookie"]));
            }
        }

        Assert.Empty(_folder.Files);
        await using P2PNode second = await StartAsync();
        Assert.NotEqual(first, await File.ReadAllTextAsync(_folder["cookie"]));
    }

    [Fact]
    public async Task A_cookie_that_a_crash_has_left_is_replaced()
    {
        _folder.Write("cookie", "left over");

        await using P2PNode node = await StartAsync();

        Assert.Matches("^[0-9a-f]{64}\n$", await File.ReadAllTextAsync(_folder["cookie"]));
    }

    [Fact]
    public async Task The_cookie_of_another_node_is_not_removed()
    {
        await using P2PNode first = await StartAsync();
        await using P2PNode second = await StartAsync();
        string cookie = await File.ReadAllTextAsync(_folder["cookie"]);

        await first.DisposeAsync();

        Assert.Equal(cookie, await File.ReadAllTextAsync(_folder["cookie"]));
    }

    [Fact]
    public async Task A_start_that_fails_leaves_the_cookie_of_the_node_that_runs()
    {
        await using P2PNode running = await StartAsync();
        string cookie = await File.ReadAllTextAsync(_folder["cookie"]);

        await Assert.ThrowsAsync<NodeStoppedException>(() => StartAsync(running.ListenAddresses[0].WithoutId));

        Assert.Equal(cookie, await File.ReadAllTextAsync(_folder["cookie"]));
        Assert.Equal(["cookie"], _folder.Files);
    }

    [Fact]
    public async Task A_node_that_cannot_write_its_cookie_does_not_start()
    {
        _folder.Write("file", "");

        IdentityException noFolder = await Assert.ThrowsAsync<IdentityException>(
            () => StartAsync(file: Path.Combine(_folder["file"], "cookie")));
        Directory.CreateDirectory(_folder["taken"]);
        IdentityException isFolder = await Assert.ThrowsAsync<IdentityException>(
            () => StartAsync(file: _folder["taken"]));

        Assert.Contains("cannot be written", noFolder.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", isFolder.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], _folder.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_file_that_is_no_cookie_is_refused(string text)
    {
        await using P2PNode server = await StartAsync();
        await using P2PNode tool = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        IdentityException refusal = await Assert.ThrowsAsync<IdentityException>(
            () => tool.LoginAsync(peer, _folder.Write("other", text)));

        Assert.Equal(_folder["other"], refusal.Path);
    }

    [Fact]
    public async Task A_cookie_that_is_missing_or_that_others_may_read_is_refused()
    {
        await using P2PNode server = await StartAsync();
        await using P2PNode tool = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        await Assert.ThrowsAsync<IdentityException>(() => tool.LoginAsync(peer, _folder["none"]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["cookie"], UnixFileMode.UserRead | UnixFileMode.OtherRead);
            IdentityException refusal = await Assert.ThrowsAsync<IdentityException>(
                () => tool.LoginAsync(peer, _folder["cookie"]));
            Assert.Contains("chmod 600", refusal.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _folder.Dispose();

    private Task<P2PNode> StartAsync(PeerAddress? listen = null, string? file = null) => P2PNode.StartAsync(
        new P2PNodeOptions
        {
            Listen = listen ?? new PeerAddress("127.0.0.1", 0),
            CookieFile = file ?? _folder["cookie"],
            Transport = TransportKind.Sockets,
        });
}
