using ActorP2P.Protocol;
using ActorP2P.TestKit;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Private networks: who knows the secret is a peer, and nobody else.</summary>
[Collection(SocketsCollection.Name)]
public sealed class NetworkSecretTests
{
    private const string Secret = "correct horse battery staple";
    private const string Next = "another secret of the network";

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Nodes_that_know_the_secret_meet(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, NetworkSecret.Of(Secret));
        await using P2PNode client = await StartAsync(kind, NetworkSecret.Of(Secret));

        Text reply = await client.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);

        Assert.Equal("hi", reply.Value);
    }

    [Theory]
    [InlineData(TransportKind.Sockets, null)]
    [InlineData(TransportKind.Sockets, Next)]
    [InlineData(TransportKind.AkkaIo, null)]
    [InlineData(TransportKind.AkkaIo, Next)]
    public async Task A_stranger_is_refused_before_a_handler_runs(TransportKind kind, string? secret)
    {
        int asked = 0;
        await using P2PNode member = await StartAsync(kind, NetworkSecret.Of(Secret), () => asked++);
        await using P2PNode stranger = await StartAsync(kind, secret is null ? null : NetworkSecret.Of(secret));

        Exception refusal = await Assert.ThrowsAnyAsync<P2PException>(
            () => stranger.AskAsync<Text>(member.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard));

        Assert.Contains(nameof(DisconnectReason.NotAdmitted), refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(member.Peers);
        Assert.Equal(0, asked);
    }

    [Theory]
    [InlineData(TransportKind.Sockets, null)]
    [InlineData(TransportKind.Sockets, Next)]
    [InlineData(TransportKind.AkkaIo, null)]
    [InlineData(TransportKind.AkkaIo, Next)]
    public async Task A_member_sends_a_stranger_no_request(TransportKind kind, string? secret)
    {
        int asked = 0;
        await using P2PNode member = await StartAsync(kind, NetworkSecret.Of(Secret));
        await using P2PNode stranger = await StartAsync(
            kind, secret is null ? null : NetworkSecret.Of(secret), () => asked++);

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => member.AskAsync<Text>(stranger.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard));

        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End!.Reason);
        Assert.Equal(0, asked);
    }

    [Theory]
    [InlineData(Secret, null, Secret, Next, true)]
    [InlineData(Secret, null, Next, Secret, true)]
    [InlineData(Next, Secret, Secret, null, true)]
    [InlineData(Secret, Next, Next, null, true)]
    [InlineData(Secret, Next, Next, Secret, true)]
    [InlineData(Secret, null, Next, null, false)]
    public async Task While_the_secret_is_changed_two_are_valid(
        string dialler, string? diallersOther, string listener, string? listenersOther, bool meet)
    {
        await using P2PNode server = await StartAsync(
            TransportKind.Sockets, NetworkSecret.Of(listener, listenersOther));
        await using P2PNode client = await StartAsync(TransportKind.Sockets, NetworkSecret.Of(dialler, diallersOther));

        Exception? refusal = await Record.ExceptionAsync(
            () => client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard));

        Assert.Equal(meet, refusal is null);
    }

    [Fact]
    public async Task A_proof_that_was_seen_is_of_no_use_to_others()
    {
        await using P2PNode member = await StartAsync(TransportKind.Sockets, NetworkSecret.Of(Secret));
        await using P2PNode other = await StartAsync(TransportKind.Sockets, NetworkSecret.Of(Secret));
        NodeIdentity thief = NodeIdentity.Create();
        SocketTransport sockets = new(new SocketTransportSettings(), TimeProvider.System);
        using FakeListener trap = FakePeer.Listen(sockets, new PeerAddress("127.0.0.1", 0), thief);
        Task<Peer> dialled = member.ConnectAsync(await trap.Listening.WaitAsync(Waits.Guard));
        using FakePeer trapped = await trap.AcceptAsync().WaitAsync(Waits.Guard);
        FakeFrame frame = await trapped.ExpectAsync(FrameKind.Hello).WaitAsync(Waits.Guard);
        Assert.True(HelloCodec.TryRead(frame.Payload, out Hello? seen));

        using FakePeer peer = await FakePeer.DialAsync(sockets, other.ListenAddresses[0], identity: thief);
        await peer.SendHelloAsync(seen! with { NodeId = new ClaimedNodeId(thief.Id) });
        FakeFrame answer = await peer.ExpectAsync(FrameKind.Goodbye).WaitAsync(Waits.Guard);

        Assert.Single(seen.SecretProofs);
        Assert.Equal((byte)DisconnectReason.NotAdmitted, answer.Payload[1]);
        trapped.Dispose();
        await Assert.ThrowsAsync<ConnectException>(() => dialled.WaitAsync(Waits.Guard));
    }

    [Fact]
    public async Task A_secret_needs_encryption()
    {
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => P2PNode.StartAsync(
            new P2PNodeOptions { Encryption = Encryption.Off },
            services: new P2PNodeServices { NetworkSecret = NetworkSecret.Of(Secret) }));
        P2PNodeOptions options = new() { Encryption = Encryption.Off, NetworkSecretFile = "secret" };

        Assert.Contains(nameof(Encryption), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            nameof(Encryption), Assert.Throws<ArgumentException>(options.Validated).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen letters")]
    public void A_short_secret_is_refused(string secret) =>
        Assert.Throws<ArgumentException>(() => NetworkSecret.Of(secret));

    [Fact]
    public void A_long_secret_is_refused()
    {
        Assert.Throws<ArgumentException>(() => NetworkSecret.Of(new string('x', NetworkSecret.MaxBytes + 1)));
        Assert.NotNull(NetworkSecret.Of(new string('x', NetworkSecret.MaxBytes)));
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        Assert.DoesNotContain(Secret, NetworkSecret.Of(Secret).ToString(), StringComparison.Ordinal);
        Assert.NotEqual(NetworkSecret.CreateText(), NetworkSecret.CreateText());
        Assert.NotNull(NetworkSecret.Of(NetworkSecret.CreateText()));
    }

    [Fact]
    public async Task A_node_reads_its_secret_from_a_file()
    {
        using SecretFile file = new($"{Secret}\n\n{Next}\n");
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions { NetworkSecretFile = file.Path });
        await using P2PNode client = await StartAsync(TransportKind.AkkaIo, NetworkSecret.Of(Next));

        Assert.NotNull((await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard)).Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short\n")]
    [InlineData("correct horse battery staple\nanother secret of the network\nand a third of this network\n")]
    public void A_file_without_a_fitting_secret_is_refused(string text)
    {
        using SecretFile file = new(text);

        IdentityException refusal = Assert.Throws<IdentityException>(() => NetworkSecret.FromFile(file.Path));

        Assert.Equal(file.Path, refusal.Path);
        Assert.DoesNotContain("horse", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_readable_by_others_is_refused()
    {
        using SecretFile file = new(Secret);
        Assert.Throws<IdentityException>(() => NetworkSecret.FromFile(file.Path + ".none"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600", Assert.Throws<IdentityException>(
                () => NetworkSecret.FromFile(file.Path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_variable_that_is_not_set_is_named() => Assert.Contains("ACTORP2P_NO_SUCH_SECRET",
        Assert.Throws<ArgumentException>(() => NetworkSecret.FromEnvironment("ACTORP2P_NO_SUCH_SECRET")).Message,
        StringComparison.Ordinal);

    private static Task<P2PNode> StartAsync(TransportKind kind, NetworkSecret? secret, Action? asked = null) =>
        P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind },
            protocol => protocol.OnRequest<Text, Text>((request, _) =>
            {
                asked?.Invoke();
                return request;
            }),
            new P2PNodeServices { NetworkSecret = secret });

    private sealed class SecretFile : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("actorp2p-secret-").FullName;

        public SecretFile(string text)
        {
            Path = System.IO.Path.Combine(_folder, "secret");
            File.WriteAllText(Path, text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
