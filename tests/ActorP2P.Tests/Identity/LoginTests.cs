using ActorP2P.Protocol;

namespace ActorP2P.Tests.Identity;

/// <summary>Logging in with the cookie of a node, in virtual time.</summary>
public sealed class LoginTests : IDisposable
{
    private static readonly string s_wrong = new('0', 64);

    private readonly VirtualMesh _mesh = new();
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(Encryption.Required)]
    [InlineData(Encryption.Off)]
    public void Who_has_the_cookie_may_use_the_service(Encryption encryption) => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"], encryption);
        await using P2PNode tool = await StartAsync("tool", encryption: encryption);
        using NodeEvents events = server.Events();
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);
        Peer seen = (await events.ReadAsync<PeerConnected>()).Peer;
        Assert.Equal(RequestErrorCode.NotAllowed, await RefusalOfAsync(tool, peer));

        await tool.LoginAsync(peer, _folder["cookie"]);

        Assert.Equal("echo hi", (await tool.AskAsync<Text>(peer, new Text("hi"))).Value);
        Assert.Equal((true, false), (seen.IsLoggedIn, peer.IsLoggedIn));
    });

    [Fact]
    public void A_login_ends_with_its_connection() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        Peer first = await tool.ConnectAsync(server.ListenAddresses[0]);
        await tool.LoginAsync(first, _folder["cookie"]);
        await tool.DisconnectAsync(first);

        Peer second = await tool.ConnectAsync(server.ListenAddresses[0]);

        Assert.Equal(RequestErrorCode.NotAllowed, await RefusalOfAsync(tool, second));
        await tool.LoginAsync(second, _folder["cookie"]);
        await tool.AskAsync<Text>(second, new Text("hi"));
    });

    [Fact]
    public void The_side_that_was_dialled_can_log_in_too() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        using NodeEvents events = tool.Events();
        await server.ConnectAsync(tool.ListenAddresses[0]);
        Peer peer = (await events.ReadAsync<PeerConnected>()).Peer;

        await tool.LoginAsync(peer, _folder["cookie"]);

        Assert.Equal("echo hi", (await tool.AskAsync<Text>(peer, new Text("hi"))).Value);
    });

    [Fact]
    public void A_wrong_cookie_costs_points_and_time() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        using NodeEvents events = server.Events();
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);
        DateTimeOffset begun = tool.Context.TimeProvider.GetUtcNow();

        LoginException refusal = await Assert.ThrowsAsync<LoginException>(
            () => tool.LoginAsync(peer, _folder.Write("wrong", s_wrong)));

        Assert.Equal(LoginFailure.WrongCookie, refusal.Reason);
        Assert.True(tool.Context.TimeProvider.GetUtcNow() - begun > TimeSpan.FromSeconds(1));
        Assert.Equal(20, (await events.ReadAsync<PeerPenalised>()).Points);
        Assert.Equal(RequestErrorCode.NotAllowed, await RefusalOfAsync(tool, peer));
    });

    [Fact]
    public void A_second_attempt_at_a_time_is_refused() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);
        Task wrong = tool.LoginAsync(peer, _folder.Write("wrong", s_wrong));
        await Task.Delay(TimeSpan.FromMilliseconds(500), tool.Context.TimeProvider);

        LoginException refusal = await Assert.ThrowsAsync<LoginException>(
            () => tool.LoginAsync(peer, _folder["cookie"]));

        Assert.Equal(LoginFailure.Busy, refusal.Reason);
        await Assert.ThrowsAsync<LoginException>(() => wrong);
        await tool.LoginAsync(peer, _folder["cookie"]);
    });

    [Fact]
    public void A_wrong_login_holds_up_no_other_request() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync(
            "server", _folder["cookie"], change: options => options with
            {
                MaxConcurrentHandlers = 1,
                MaxNodeHandlers = 1,
            });
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);
        await tool.LoginAsync(peer, _folder["cookie"]);
        Task wrong = tool.LoginAsync(peer, _folder.Write("wrong", s_wrong));
        await Task.Delay(TimeSpan.FromMilliseconds(100), tool.Context.TimeProvider);

        await tool.AskAsync<Text>(peer, new Text("hi"));

        Assert.False(wrong.IsCompleted);
        await Assert.ThrowsAsync<LoginException>(() => wrong);
    });

    [Fact]
    public void Five_wrong_logins_ban_an_address() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);
        for (int i = 0; i < 4; i++)
        {
            await Assert.ThrowsAsync<LoginException>(() => tool.LoginAsync(peer, _folder.Write("wrong", s_wrong)));
        }

        AskException last = await Assert.ThrowsAsync<AskException>(() => tool.LoginAsync(peer, _folder["wrong"]));
        Assert.Equal(DisconnectReason.Penalised, last.End?.Reason);
        ConnectException banned = await Assert.ThrowsAsync<ConnectException>(
            () => tool.ConnectAsync(server.ListenAddresses[0]));
        Assert.Equal(DisconnectReason.Banned, banned.End?.Reason);
    });

    [Fact]
    public void A_node_without_a_cookie_offers_no_login() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server");
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);

        LoginException refusal = await Assert.ThrowsAsync<LoginException>(
            () => tool.LoginAsync(peer, _folder.Write("wrong", s_wrong)));

        Assert.Equal(LoginFailure.NotOffered, refusal.Reason);
    });

    [Fact]
    public void An_actor_logs_in_by_a_message() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);

        object answer = await tool.Manager.Ask<object>(
            new P2P.Login(peer, _folder["cookie"]), Timeout.InfiniteTimeSpan);
        await Assert.ThrowsAsync<LoginException>(() => tool.Manager.Ask<object>(
            new P2P.Login(peer, _folder.Write("wrong", s_wrong)), Timeout.InfiniteTimeSpan));

        Assert.Equal(new P2P.LoggedIn(peer), answer);
    });

    [Fact]
    public void A_peer_of_another_node_is_a_misuse() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", _folder["cookie"]);
        await using P2PNode tool = await StartAsync("tool");
        Peer peer = await tool.ConnectAsync(server.ListenAddresses[0]);

        await Assert.ThrowsAsync<ArgumentException>(() => server.LoginAsync(peer, _folder["cookie"]));
        await Assert.ThrowsAsync<ArgumentException>(() => tool.LoginAsync(peer, " "));
    });

    public void Dispose() => _folder.Dispose();

    private static async Task<RequestErrorCode> RefusalOfAsync(P2PNode tool, Peer peer) =>
        (await Assert.ThrowsAsync<AskException>(() => tool.AskAsync<Text>(peer, new Text("hi")))).ErrorCode;

    private Task<P2PNode> StartAsync(
        string host, string? cookieFile = null, Encryption encryption = Encryption.Required,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null) => _mesh.StartAsync(
        host,
        protocol => protocol.Service(0x54, "texts", ServiceAccess.LoggedIn, EchoProtocol.Register),
        change: options => (change ?? (static same => same))(options with
        {
            Encryption = encryption,
            CookieFile = cookieFile,
        }));
}
