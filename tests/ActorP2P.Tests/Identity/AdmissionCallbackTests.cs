using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Identity;

/// <summary>A program that is asked about connections and peers, in virtual time.</summary>
public sealed class AdmissionCallbackTests
{
    private readonly LogRecorder _log = new();
    private readonly VirtualMesh _mesh;
    private readonly List<Candidate> _asked = [];
    private int _handled;

    public AdmissionCallbackTests() => _mesh = new VirtualMesh { Logs = _log };

    [Fact]
    public void A_connection_is_refused_by_its_address() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", protocol => protocol.AdmitConnections((candidate, _) =>
        {
            _asked.Add(candidate);
            return ValueTask.FromResult(
                candidate.Address.Host == "bob" ? Admission.Refuse("not you") : Admission.Admit);
        }));
        await using P2PNode alice = await StartAsync("alice");
        await using P2PNode bob = await StartAsync("bob");

        await alice.AskAsync<Text>(server.ListenAddresses[0], new Text("hi"));
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => bob.ConnectAsync(server.ListenAddresses[0]));

        Assert.Equal((DisconnectReason.NotAdmitted, DisconnectSide.Remote), (refusal.End!.Reason, refusal.End.Side));
        Assert.Contains("not you", refusal.End.Detail, StringComparison.Ordinal);
        Assert.Equal(["alice", "bob"], _asked.Select(candidate => candidate.Address.Host));
        Assert.All(_asked, candidate => Assert.Equal(
            (AdmissionStage.Connection, null, null, "", false),
            (candidate.Stage, candidate.Id, candidate.ClaimedId, candidate.UserAgent, candidate.IsOutbound)));
        Assert.Equal(1, _handled);
    });

    [Fact]
    public void A_peer_is_refused_by_what_it_has_proven() => _mesh.Run(async () =>
    {
        await using P2PNode alice = await StartAsync("alice");
        await using P2PNode bob = await StartAsync("bob");
        await using P2PNode server = await StartAsync("server", protocol => protocol.AdmitPeers((candidate, _) =>
        {
            _asked.Add(candidate);
            return ValueTask.FromResult(candidate.Id == alice.Id ? Admission.Admit : Admission.Refuse("not you"));
        }));

        await alice.AskAsync<Text>(server.ListenAddresses[0], new Text("hi"));
        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => bob.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")));

        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);
        Assert.Contains("not you", refusal.End?.Detail, StringComparison.Ordinal);
        Assert.Equal(1, _handled);
        Candidate seen = _asked[0];
        Assert.Equal(
            (AdmissionStage.Peer, alice.Id, alice.Id, "ActorP2P/0.1", false),
            (seen.Stage, seen.Id!.Value, seen.ClaimedId!.Value.Claim, seen.UserAgent, seen.IsOutbound));
        Assert.Equal([new ServiceName(0x54, "texts")], seen.Services);
    });

    [Fact]
    public void A_node_that_dials_asks_before_it_sends_a_request() => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server");
        await using P2PNode client = await StartAsync("client", protocol => protocol.AdmitPeers((candidate, _) =>
        {
            _asked.Add(candidate);
            return ValueTask.FromResult(Admission.Refuse());
        }));

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => client.AskAsync<Text>(server.ListenAddresses[0], new Text("secret")));

        Assert.Equal((DisconnectReason.NotAdmitted, DisconnectSide.Local), (refusal.End!.Reason, refusal.End.Side));
        Assert.True(Assert.Single(_asked).IsOutbound);
        Assert.Equal(0, _handled);
    });

    [Fact]
    public void What_arrives_while_the_program_thinks_is_handled_in_order() => _mesh.Run(async () =>
    {
        List<string> handled = [];
        P2PNode? own = null;
        await using P2PNode server = await StartAsync("server", protocol => protocol
            .OnNotify<Text>((text, _) => handled.Add(text.Value))
            .AdmitConnections(ThinkAsync)
            .AdmitPeers(ThinkAsync));
        own = server;
        await using P2PNode client = await StartAsync("client");

        Task<Text>[] early = [.. Enumerable.Range(0, 20).Select(
            i => client.AskAsync<Text>(server.ListenAddresses[0], new Text($"{i}")))];
        Text[] answers = await Task.WhenAll(early);
        Peer peer = client.Peers[0];
        await client.TellAsync(peer, new Text("a"));
        await client.TellAsync(peer, new Text("b"));
        await client.DisconnectAsync(peer);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"echo {i}"), answers.Select(answer => answer.Value));
        Assert.Equal(["a", "b"], handled);
        Assert.True(client.Context.Now > TimeSpan.FromSeconds(6));

        async ValueTask<Admission> ThinkAsync(Candidate candidate, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), own!.Context.TimeProvider, cancellationToken);
            return Admission.Admit;
        }
    });

    [Theory]
    [InlineData("throws")]
    [InlineData("null")]
    [InlineData("never")]
    [InlineData("cancelled")]
    public void A_program_that_gives_no_answer_refuses(string answer) => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", protocol => protocol.AdmitPeers((_, _) => answer switch
        {
            "throws" => throw new InvalidOperationException("the directory is down"),
            "null" => ValueTask.FromResult<Admission>(null!),
            "never" => new ValueTask<Admission>(new TaskCompletionSource<Admission>().Task),
            _ => ValueTask.FromCanceled<Admission>(new CancellationToken(canceled: true)),
        }));
        await using P2PNode client = await StartAsync("client");

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(server.ListenAddresses[0]));

        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);
        Assert.DoesNotContain("directory", refusal.End?.Detail, StringComparison.Ordinal);
        Assert.Equal(answer == "never", client.Context.Now >= TimeSpan.FromSeconds(5));
        Assert.Contains(_log.Lines, line => line.Contains("whether to admit", StringComparison.Ordinal));
        Assert.Empty(server.Peers);
    });

    [Theory]
    [InlineData(AdmissionStage.Connection)]
    [InlineData(AdmissionStage.Peer)]
    public void A_program_that_never_answers_one_peer_delays_no_other(AdmissionStage stage) => _mesh.Run(async () =>
    {
        await using P2PNode server = await StartAsync("server", protocol => Ask(protocol, stage, (candidate, _) =>
            candidate.Address.Host == "slow"
                ? new ValueTask<Admission>(new TaskCompletionSource<Admission>().Task)
                : ValueTask.FromResult(Admission.Admit)));
        await using P2PNode slow = await StartAsync("slow");
        await using P2PNode quick = await StartAsync("quick");
        Task<Peer> waiting = slow.ConnectAsync(server.ListenAddresses[0]);
        await Task.Delay(TimeSpan.FromSeconds(1), slow.Context.TimeProvider);

        Text answer = await quick.AskAsync<Text>(server.ListenAddresses[0], new Text("hi"));

        Assert.Equal("echo hi", answer.Value);
        Assert.False(waiting.IsCompleted);
        await Assert.ThrowsAsync<ConnectException>(() => waiting);
    });

    [Theory]
    [InlineData(AdmissionStage.Connection)]
    [InlineData(AdmissionStage.Peer)]
    public void The_handshake_has_its_limit_however_long_the_program_may_take(AdmissionStage stage) => _mesh.Run(
        async () =>
    {
        CancellationToken given = default;
        await using P2PNode server = await StartAsync(
            "server",
            protocol => Ask(protocol, stage, (_, cancellationToken) =>
            {
                given = cancellationToken;
                return new ValueTask<Admission>(new TaskCompletionSource<Admission>().Task);
            }),
            options => options with { Access = new AccessSettings { AdmissionTimeout = TimeSpan.FromMinutes(1) } });
        using NodeEvents events = server.Events();
        await using P2PNode client = await StartAsync("client");

        await Assert.ThrowsAsync<ConnectException>(() => client.ConnectAsync(server.ListenAddresses[0]));

        PeerRefused refused = await events.ReadAsync<PeerRefused>();
        Assert.True(refused.End.Reason is DisconnectReason.HandshakeTimeout or DisconnectReason.ConnectionLost);
        Assert.InRange(client.Context.Now, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        Assert.True(given.IsCancellationRequested);
    });

    [Fact]
    public void A_peer_that_leaves_while_the_program_thinks_is_forgotten() => _mesh.Run(async () =>
    {
        TaskCompletionSource<Admission> answer = new();
        CancellationToken given = default;
        await using P2PNode server = await StartAsync("server", protocol => protocol.AdmitPeers((_, token) =>
        {
            given = token;
            return new ValueTask<Admission>(answer.Task);
        }));
        using NodeEvents events = server.Events();
        P2PNode client = await StartAsync("client");
        Task<Peer> connecting = client.ConnectAsync(server.ListenAddresses[0]);
        await Task.Delay(TimeSpan.FromSeconds(1), server.Context.TimeProvider);

        await client.DisposeAsync();

        await Assert.ThrowsAsync<ConnectException>(() => connecting);
        await events.ReadAsync<PeerRefused>();
        await Task.Delay(TimeSpan.FromSeconds(1), server.Context.TimeProvider);
        Assert.True(given.IsCancellationRequested);
        answer.SetResult(Admission.Admit);
        await Task.Delay(TimeSpan.FromSeconds(10), server.Context.TimeProvider);
        Assert.Empty(server.Peers);
        Assert.Equal(0, server.Statistics.HeldBytes);
    });

    [Fact]
    public void Callbacks_that_never_end_are_bounded() => _mesh.Run(async () =>
    {
        int asked = 0;
        await using P2PNode server = await StartAsync(
            "server",
            protocol => protocol.AdmitPeers((_, _) =>
            {
                asked++;
                return new ValueTask<Admission>(new TaskCompletionSource<Admission>().Task);
            }),
            options => options with { MaxHalfOpen = 2 });
        await using P2PNode client = await StartAsync("client");
        for (int i = 0; i < 6; i++)
        {
            ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
                () => client.ConnectAsync(server.ListenAddresses[0]));
            Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);
        }

        Assert.Equal(4, asked);
    });

    [Fact]
    public void An_actor_says_who_is_admitted() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync(
            "server",
            protocol => Register(protocol).AdmitPeers().RouteTo("/user/gate"),
            change: Encrypted,
            prepare: system => system.ActorOf(Akka.Actor.Props.Create(() => new Gate()), "gate"));
        await using P2PNode alice = await StartAsync("alice");
        await using P2PNode bob = await StartAsync("bob");
        await using P2PNode carol = await StartAsync("carol");

        await alice.AskAsync<Text>(server.ListenAddresses[0], new Text("hi"));
        ConnectException refused = await Assert.ThrowsAsync<ConnectException>(
            () => bob.ConnectAsync(server.ListenAddresses[0]));
        ConnectException unanswered = await Assert.ThrowsAsync<ConnectException>(
            () => carol.ConnectAsync(server.ListenAddresses[0]));

        Assert.Contains("not bob", refused.End?.Detail, StringComparison.Ordinal);
        Assert.Equal(DisconnectReason.NotAdmitted, unanswered.End?.Reason);
    });

    [Fact]
    public void Who_registers_two_callbacks_of_a_kind_is_told() => _mesh.Run(async () =>
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync("server", protocol => protocol
            .AdmitPeers((_, _) => ValueTask.FromResult(Admission.Admit))
            .AdmitPeers((_, _) => ValueTask.FromResult(Admission.Admit))));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StartAsync("other", protocol => protocol
            .AdmitToService(0, (_, _) => ValueTask.FromResult(Admission.Admit))));
    });

    private static ProtocolBuilder Ask(
        ProtocolBuilder protocol, AdmissionStage stage,
        Func<Candidate, CancellationToken, ValueTask<Admission>> callback) =>
        stage == AdmissionStage.Connection ? protocol.AdmitConnections(callback) : protocol.AdmitPeers(callback);

    private static P2PNodeOptions Encrypted(P2PNodeOptions options) =>
        options with { Encryption = Encryption.Required };

    private ProtocolBuilder Register(ProtocolBuilder protocol) => protocol
        .Service(0x54, "texts")
        .OnRequest<Text, Text>((request, _) =>
        {
            _handled++;
            return new Text($"echo {request.Value}");
        });

    private Task<P2PNode> StartAsync(
        string host, Action<ProtocolBuilder>? protocol = null,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null) => _mesh.StartAsync(
        host,
        builder =>
        {
            Register(builder);
            protocol?.Invoke(builder);
        },
        change: options => change?.Invoke(Encrypted(options)) ?? Encrypted(options));

    private sealed class Gate : ReceiveActor
    {
        public Gate() => Receive<Candidate>(candidate => Sender.Tell(candidate.Address.Host switch
        {
            "alice" => Admission.Admit,
            "bob" => Admission.Refuse("not bob"),
            _ => "who?",
        }));
    }
}
