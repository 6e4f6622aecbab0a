using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Node;

/// <summary>Settings that change while a node runs.</summary>
public sealed class AppliedSettingsTests
{
    [Fact]
    public void New_rules_close_whom_they_no_longer_admit() => Run(async (server, alice, bob) =>
    {
        Peer toAlice = await alice.ConnectAsync(server.ListenAddresses[0]);
        await bob.ConnectAsync(server.ListenAddresses[0]);
        using NodeEvents events = alice.Events();

        Assert.Empty(await server.ApplyAsync(Denying(server, "10.0.0.2")));

        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>();
        Assert.Equal((toAlice, DisconnectReason.NotAdmitted, DisconnectSide.Remote),
            (end.Peer, end.End.Reason, end.End.Side));
        Assert.Equal("10.0.0.3", Assert.Single(server.Peers).Address.Host);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => alice.ConnectAsync(server.ListenAddresses[0]));
        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);

        await server.ApplyAsync(server.Settings with { Access = new AccessSettings() });

        await alice.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void A_peer_in_its_handshake_is_closed_by_new_rules() => Run(async (server, alice, _) =>
    {
        Task<Peer> connecting = alice.ConnectAsync(server.ListenAddresses[0]);
        using NodeEvents events = server.Events();
        await Task.Delay(TimeSpan.FromMilliseconds(25), server.Context.TimeProvider);

        await server.ApplyAsync(Denying(server, "10.0.0.2"));

        Exception refusal = await Assert.ThrowsAsync<ConnectException>(() => connecting);
        Assert.Contains(nameof(DisconnectReason.NotAdmitted), refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Peers);
    });

    [Fact]
    public void Fewer_connections_allowed_close_none_and_admit_none() => Run(async (server, alice, bob) =>
    {
        await MeetAsync(alice, server);

        await server.ApplyAsync(server.Settings with { MaxConnections = 1 });

        Assert.Single(server.Peers);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => bob.ConnectAsync(server.ListenAddresses[0]));
        Assert.Equal(DisconnectReason.TooManyConnections, refusal.End?.Reason);
    });

    [Fact]
    public void Asks_after_it_wait_as_long_as_the_new_setting_says() => Run(async (server, alice, _) =>
    {
        Peer peer = await alice.ConnectAsync(server.ListenAddresses[0]);
        await alice.ApplyAsync(alice.Settings with { RequestTimeout = TimeSpan.FromSeconds(2) });
        DateTimeOffset asked = alice.Context.TimeProvider.GetUtcNow();

        AskException failure = await Assert.ThrowsAsync<AskException>(
            () => alice.AskAsync<Text>(peer, new Text("never")));

        Assert.Equal(AskFailure.TimedOut, failure.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), alice.Context.TimeProvider.GetUtcNow() - asked);
    });

    [Fact]
    public void What_holds_after_a_restart_is_named_to_actors() => Run(async (server, _, _) =>
    {
        P2PNodeOptions wanted = server.Settings with
        {
            UserAgent = "other/1",
            MaxConnections = 7,
            Session = server.Settings.Session with { PingAfter = TimeSpan.FromSeconds(7) },
        };

        P2P.Applied applied = await server.Manager.Ask<P2P.Applied>(new P2P.Apply(wanted), Timeout.InfiniteTimeSpan);

        Assert.Equal(["user-agent", "session.ping-after"], applied.NeedRestart);
        Assert.Equal(("test", 7), (server.Settings.NetworkId, server.Settings.MaxConnections));
        Assert.NotEqual(wanted.UserAgent, server.Settings.UserAgent);
    });

    [Fact]
    public void Rules_about_nodes_wait_for_a_node_that_encrypts() => Run(async (server, alice, _) =>
    {
        await MeetAsync(alice, server);

        IReadOnlyList<string> needRestart = await server.ApplyAsync(server.Settings with
        {
            Encryption = Encryption.Required,
            Access = new AccessSettings { AllowNodes = [server.Id] },
        });

        Assert.Equal(["encryption", "access.allow-nodes", "access.deny-nodes"], needRestart);
        Assert.Single(server.Peers);
    });

    [Fact]
    public void What_is_not_allowed_changes_nothing() => Run(async (server, _, _) =>
    {
        P2PNodeOptions before = server.Settings;

        await Assert.ThrowsAsync<ArgumentException>(
            () => server.ApplyAsync(before with { MaxConnections = 5, MaxHalfOpen = 0 }));

        Assert.Same(before, server.Settings);
    });

    [Fact]
    public void A_node_that_has_stopped_takes_no_settings() => Run(async (server, _, _) =>
    {
        await server.DisposeAsync();

        await Assert.ThrowsAsync<NodeStoppedException>(() => server.ApplyAsync(server.Settings));
    });

    [Fact]
    public void A_denied_address_is_not_dialled_until_rules_admit_it()
    {
        VirtualMesh mesh = new();
        CountingTransport dials = new(mesh.CreateTransport("10.0.0.2"));
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("10.0.0.1");
            await using P2PNode client = await mesh.StartAsync("10.0.0.2", transport: dials,
                bootstrap: ["10.0.0.1"],
                change: options => options with { Access = new AccessSettings { DenyNetworks = ["10.0.0.0/24"] } });
            using NodeEvents events = client.Events();
            ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
                () => client.ConnectAsync(server.ListenAddresses[0]));
            DialFailed failed = await events.ReadAsync<DialFailed>();

            Assert.Equal(ConnectFailure.NotAdmitted, refusal.Reason);
            Assert.Equal((server.ListenAddresses[0], ConnectFailure.NotAdmitted), (failed.Address, failed.Reason));
            Assert.Equal(0, dials.Count);

            await client.ApplyAsync(client.Settings with { Access = new AccessSettings() });
            await events.ReadAsync<PeerConnected>();

            Assert.Equal(1, dials.Count);
        });
    }

    /// <summary>Connects, until both sides are ready.</summary>
    private static async Task MeetAsync(P2PNode client, P2PNode server)
    {
        using NodeEvents events = server.Events();
        await client.ConnectAsync(server.ListenAddresses[0]);
        await events.ReadAsync<PeerConnected>();
    }

    private static P2PNodeOptions Denying(P2PNode node, string network) =>
        node.Settings with { Access = new AccessSettings { DenyNetworks = [network] } };

    private static void Run(Func<P2PNode, P2PNode, P2PNode, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("10.0.0.1", protocol => protocol
                .OnRequest<Text, Text>((_, context) => Never(context)));
            await using P2PNode alice = await mesh.StartAsync("10.0.0.2");
            await using P2PNode bob = await mesh.StartAsync("10.0.0.3");
            await scenario(server, alice, bob);
        });
    }

    private static async ValueTask<Text> Never(RequestContext context)
    {
        TaskCompletionSource<Text> never = new();
        using CancellationTokenRegistration end = context.CancellationToken.Register(() => never.TrySetCanceled());
        return await never.Task;
    }

    private sealed class CountingTransport(ITransport inner) : ITransport
    {
        public int Count { get; private set; }

        public IDisposable Listen(PeerAddress address, IAcceptSink sink) => inner.Listen(address, sink);

        public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
        {
            Count++;
            return inner.Dial(address, timeout, sink);
        }
    }
}
