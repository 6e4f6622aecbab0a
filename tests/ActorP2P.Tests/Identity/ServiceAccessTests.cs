using ActorP2P.Protocol;
using ActorP2P.Tests.Faults;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Services that only members, or only peers that have logged in, may use.</summary>
[Collection(SocketsCollection.Name)]
public sealed class ServiceAccessTests
{
    private const byte Texts = 0x54;
    private readonly VirtualMesh _mesh = new();
    private readonly List<string> _handled = [];

    [Theory]
    [InlineData(ServiceAccess.Member)]
    [InlineData(ServiceAccess.LoggedIn)]
    public void A_request_of_a_stranger_is_refused_typed(ServiceAccess access) => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync(access);
        await using P2PNode client = await StartAsync("client");
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Text("let me in")));

        Assert.Equal((AskFailure.PeerError, RequestErrorCode.NotAllowed), (refusal.Reason, refusal.ErrorCode));
        Assert.Empty(_handled);
        Assert.Equal(1, server.Statistics.MessagesNotAllowed);
    });

    [Fact]
    public void A_request_that_is_not_allowed_is_not_decoded() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync(ServiceAccess.Member);
        await using P2PNode client = await StartAsync("client");
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Unreadable(Mishap.Throw)));
        await client.DisconnectAsync(peer);

        Assert.Equal(RequestErrorCode.NotAllowed, refusal.ErrorCode);
        await events.ReadAsync<PeerConnected>();
        Assert.IsNotType<PeerPenalised>(await events.ReadAsync<NodeEvent>());
    });

    [Fact]
    public void An_early_request_of_a_stranger_is_refused_too() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync(ServiceAccess.Member);
        await using P2PNode client = await StartAsync("client");

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(server.ListenAddresses[0], new Text("let me in")));

        Assert.Equal(RequestErrorCode.NotAllowed, refusal.ErrorCode);
        Assert.Empty(_handled);
    });

    [Fact]
    public void A_node_on_the_list_is_a_member() => _mesh.Run(async () =>
    {
        await using P2PNode member = await StartAsync("member");
        await using P2PNode server = await StartServerAsync(
            ServiceAccess.Member, access: new AccessSettings { AllowNodes = [member.Id] });
        using NodeEvents events = server.Events();
        Peer peer = await member.ConnectAsync(server.ListenAddresses[0]);
        Peer seen = (await events.ReadAsync<PeerConnected>()).Peer;

        Text answer = await member.AskAsync<Text>(peer, new Text("hi"));

        Assert.Equal("echo hi", answer.Value);
        Assert.Equal((true, true, false), (seen.IsProven, seen.IsMember, seen.IsLoggedIn));
        Assert.Equal(member.Id, seen.Id);
        Assert.Equal([$"request hi of {member.Id}"], _handled);
        Assert.Equal(0, server.Statistics.MessagesNotAllowed);
    });

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Who_knows_the_secret_is_a_member(TransportKind kind)
    {
        P2PNodeServices services = new() { NetworkSecret = NetworkSecret.Of("correct horse battery staple") };
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind },
            protocol => protocol.Service(Texts, "texts", ServiceAccess.Member, Register), services);
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind, Listen = null },
            protocol => protocol.Service(Texts, "texts"), services);

        Text answer = await client.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);

        Assert.Equal("echo hi", answer.Value);
    }

    [Fact]
    public void Without_encryption_nobody_is_a_member() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync(
            "server", protocol => protocol.Service(Texts, "texts", ServiceAccess.Member, Register));
        await using P2PNode client = await _mesh.StartAsync("client");
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Text("hi")));

        Assert.Equal(RequestErrorCode.NotAllowed, refusal.ErrorCode);
    });

    [Fact]
    public void A_notify_of_a_stranger_is_dropped_and_counted() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync(ServiceAccess.Member);
        await using P2PNode client = await StartAsync("client");
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        for (int i = 0; i < 100; i++)
        {
            // More than a credit window: what is dropped returns its credit.
            await client.TellAsync(peer, new Blob(new byte[100_000]));
        }

        await client.DisconnectAsync(peer);

        Assert.Empty(_handled);
        Assert.Equal(100, server.Statistics.MessagesNotAllowed);
    });

    [Fact]
    public void A_broadcast_is_taken_from_a_member_alone() => _mesh.Run(async () =>
    {
        await using P2PNode member = await StartAsync(
            "member", protocol => protocol.Service(Texts, "texts").OnBroadcast<Text>((_, _) => Verdict.Ignore));
        await using P2PNode server = await StartServerAsync(
            ServiceAccess.LoggedIn, access: new AccessSettings { MemberServices = ["texts"] });
        await using P2PNode stranger = await StartAsync("stranger");
        await stranger.ConnectAsync(server.ListenAddresses[0]);

        await stranger.BroadcastAsync(new Text("news"));
        await stranger.DisposeAsync();
        Assert.Empty(_handled);
        Assert.Equal((1, 0), (server.Statistics.MessagesNotAllowed, server.Statistics.BroadcastsReceived));

        await server.ApplyAsync(server.Settings with
        {
            Access = new AccessSettings { MemberServices = ["texts"], AllowNodes = [member.Id] },
        });
        await member.ConnectAsync(server.ListenAddresses[0]);
        await member.BroadcastAsync(new Text("more news"));
        await member.DisposeAsync();

        Assert.Equal([$"broadcast more news of {member.Id}"], _handled);
    });

    [Fact]
    public void A_broadcast_of_a_service_for_members_goes_to_members() => _mesh.Run(async () =>
    {
        List<string> heard = [];
        Action<ProtocolBuilder> Hears(string name) => protocol => protocol.Service(Texts, "texts").OnBroadcast<Text>(
            (text, _) =>
            {
                heard.Add($"{name}: {text.Value}");
                return Verdict.Ignore;
            });
        await using P2PNode member = await StartAsync("member", Hears("member"));
        await using P2PNode stranger = await StartAsync("stranger", Hears("stranger"));
        await using P2PNode server = await StartServerAsync(
            ServiceAccess.Open,
            access: new AccessSettings { MemberServices = ["texts"], AllowNodes = [member.Id, stranger.Id] });
        using NodeEvents events = server.Events();
        await member.ConnectAsync(server.ListenAddresses[0]);
        await stranger.ConnectAsync(server.ListenAddresses[0]);
        await events.ReadAsync<PeerConnected>();
        await events.ReadAsync<PeerConnected>();
        Assert.Equal(2, await server.BroadcastAsync(new Text("for both")));

        await server.ApplyAsync(server.Settings with
        {
            Access = new AccessSettings { LoginServices = ["texts"], AllowNodes = [member.Id, stranger.Id] },
        });
        Assert.Equal(0, await server.BroadcastAsync(new Text("for nobody")));
        await Task.Delay(TimeSpan.FromSeconds(1), _mesh.World.TimeProvider);

        Assert.Equal(["member: for both", "stranger: for both"], heard.Order());
    });

    [Fact]
    public void Settings_change_who_may_use_a_service() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartServerAsync(
            ServiceAccess.LoggedIn, access: new AccessSettings { OpenServices = ["texts"] });
        await using P2PNode client = await StartAsync("client");
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        Assert.Equal("echo 1", (await client.AskAsync<Text>(peer, new Text("1"))).Value);

        await server.ApplyAsync(server.Settings with { Access = new AccessSettings { LoginServices = ["texts"] } });

        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(peer, new Text("2")));
        Assert.Equal(RequestErrorCode.NotAllowed, refusal.ErrorCode);
    });

    [Fact]
    public void A_setting_for_a_service_that_is_not_there_is_refused() => _mesh.Run(async () =>
    {
        AccessSettings misspelt = new() { LoginServices = ["text"] };
        ArgumentException atStart = await Assert.ThrowsAsync<ArgumentException>(
            () => StartServerAsync(ServiceAccess.Open, misspelt));
        await using P2PNode server = await StartAsync(
            "other", protocol => protocol.Service(Texts, "texts", Register));
        ArgumentException atRunTime = await Assert.ThrowsAsync<ArgumentException>(
            () => server.ApplyAsync(server.Settings with { Access = misspelt }));

        Assert.Contains("'text'; allowed: 'texts'", atStart.Message, StringComparison.Ordinal);
        Assert.Contains("'text'; allowed: 'texts'", atRunTime.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_service_in_two_lists_is_refused()
    {
        AccessSettings both = new() { OpenServices = ["texts"], LoginServices = ["texts"] };

        Assert.Contains(
            "'texts'", Assert.Throws<ArgumentException>(both.Validated).Message, StringComparison.Ordinal);
    }

    private void Register(ProtocolBuilder protocol) => protocol
        .OnRequest<Text, Text>((request, context) =>
        {
            _handled.Add($"request {request.Value} of {context.Peer.Id}");
            return new Text($"echo {request.Value}");
        })
        .OnNotify<Blob>((_, context) => _handled.Add($"notify of {context.Peer.Id}"))
        .OnBroadcast<Text>((news, context) =>
        {
            _handled.Add($"broadcast {news.Value} of {context.Peer.Id}");
            return Verdict.Accept;
        });

    private Task<P2PNode> StartServerAsync(ServiceAccess declared, AccessSettings? access = null) => StartAsync(
        "server", protocol => protocol.Service(Texts, "texts", declared, Register), access);

    private Task<P2PNode> StartAsync(
        string host, Action<ProtocolBuilder>? protocol = null, AccessSettings? access = null) => _mesh.StartAsync(
        host, protocol ?? (static builder => builder.Service(Texts, "texts")), change: options => options with
        {
            Encryption = Encryption.Required,
            Access = access ?? new AccessSettings(),
        });
}
