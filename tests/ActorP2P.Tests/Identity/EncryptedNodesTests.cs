using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;
using Microsoft.Extensions.Time.Testing;

namespace ActorP2P.Tests.Identity;

/// <summary>Nodes that require encryption, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class EncryptedNodesTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Two_nodes_prove_who_they_are(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        await using P2PNode client = await StartAsync(kind, Encryption.Required);
        using NodeEvents events = server.Events();
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        Assert.Equal("hello", (await client.AskAsync<Text>(peer, new Text("hello")).WaitAsync(Waits.Guard)).Value);
        Assert.Equal(server.Id, peer.Id);
        Assert.Equal(
            client.Id, (await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard)).Peer.Id);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_does_not_encrypt_proves_nothing(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Off);
        await using P2PNode client = await StartAsync(kind, Encryption.Off);
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);

        Assert.Null(peer.Id);
        Assert.Equal(new ClaimedNodeId(server.Id), peer.ClaimedId);
    }

    [Theory]
    [InlineData(TransportKind.Sockets, Encryption.Required)]
    [InlineData(TransportKind.AkkaIo, Encryption.Required)]
    [InlineData(TransportKind.Sockets, Encryption.Off)]
    [InlineData(TransportKind.AkkaIo, Encryption.Off)]
    public async Task Nodes_that_differ_in_encryption_never_meet(TransportKind kind, Encryption dialler)
    {
        Encryption listener = dialler == Encryption.Off ? Encryption.Required : Encryption.Off;
        await using P2PNode server = await StartAsync(kind, listener);
        await using P2PNode client = await StartAsync(kind, dialler);
        using NodeEvents events = server.Events();

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(server.ListenAddresses[0].WithoutId)).WaitAsync(Waits.Guard);

        Disconnect atServer = (await events.ReadAsync<PeerRefused>().AsTask().WaitAsync(Waits.Guard)).End;
        Assert.Equal(ConnectFailure.HandshakeFailed, refusal.Reason);
        DisconnectReason encrypting = dialler == Encryption.Required ? refusal.End!.Reason : atServer.Reason;
        DisconnectReason plain = dialler == Encryption.Required ? atServer.Reason : refusal.End!.Reason;
        Assert.Equal(DisconnectReason.EncryptionFailed, encrypting);
        Assert.Contains(plain,
            new[] { DisconnectReason.NotThisProtocol, DisconnectReason.ConnectionReset,
                DisconnectReason.ConnectionLost });
        Assert.Empty(server.Peers);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_with_an_identity_file_is_the_same_after_a_restart(TransportKind kind)
    {
        string folder = Directory.CreateTempSubdirectory("actorp2p-identity-").FullName;
        try
        {
            string file = Path.Combine(folder, "node.key");
            await using P2PNode client = await StartAsync(kind, Encryption.Required);
            NodeId?[] ids = new NodeId?[2];
            for (int life = 0; life < ids.Length; life++)
            {
                await using P2PNode server = await StartAsync(kind, Encryption.Required, file);
                ids[life] = (await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard)).Id;
            }

            Assert.NotNull(ids[0]);
            Assert.Equal(ids[0], ids[1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_listens_at_addresses_that_name_it(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        await using P2PNode plain = await StartAsync(kind, Encryption.Off);

        Assert.Equal(server.Id, server.ListenAddresses[0].Id);
        Assert.Null(plain.ListenAddresses[0].Id);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_was_not_dialled_gets_nothing(TransportKind kind)
    {
        int received = 0;
        await using P2PNode other = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind, Encryption = Encryption.Required },
            protocol => protocol.OnRequest<Text, Text>((request, _) =>
            {
                received++;
                return request;
            }));
        await using P2PNode client = await StartAsync(kind, Encryption.Required);
        using NodeEvents events = other.Events();
        NodeId wanted = NodeIdentity.Create().Id;
        PeerAddress address = new("127.0.0.1", other.ListenAddresses[0].Port, wanted);

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(address).WaitAsync(Waits.Guard));
        AskException ask = await Assert.ThrowsAsync<AskException>(
            () => client.AskAsync<Text>(address, new Text("secret")).WaitAsync(Waits.Guard));

        Assert.Equal(DisconnectReason.WrongNode, refusal.End!.Reason);
        Assert.Contains(other.Id.ToShortString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DisconnectReason.WrongNode), ask.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            (await events.ReadAsync<PeerRefused>().AsTask().WaitAsync(Waits.Guard)).End.Reason,
            new[] { DisconnectReason.EncryptionFailed, DisconnectReason.ConnectionReset });
        Assert.Equal(0, received);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_address_with_an_id_leads_to_the_connection_there_is(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        await using P2PNode client = await StartAsync(kind, Encryption.Required);
        PeerAddress address = server.ListenAddresses[0];

        Peer first = await client.ConnectAsync(address.WithoutId).WaitAsync(Waits.Guard);

        Assert.Same(first, await client.ConnectAsync(address).WaitAsync(Waits.Guard));
        await Assert.ThrowsAsync<ConnectException>(() => client.ConnectAsync(
            new PeerAddress(address.Host, address.Port, client.Id)).WaitAsync(Waits.Guard));
    }

    [Fact]
    public async Task An_address_with_an_id_needs_encryption()
    {
        PeerAddress address = new("127.0.0.1", 1, NodeIdentity.Create().Id);
        await using P2PNode plain = await StartAsync(TransportKind.Sockets, Encryption.Off);

        ArgumentException dialled = await Assert.ThrowsAsync<ArgumentException>(() => plain.ConnectAsync(address));
        P2PNodeOptions options = new() { Encryption = Encryption.Off, Bootstrap = [address] };

        Assert.Contains("Encryption is Off", dialled.Message, StringComparison.Ordinal);
        Assert.Contains(
            nameof(options.Bootstrap), Assert.Throws<ArgumentException>(options.Validated).Message,
            StringComparison.Ordinal);
        Assert.Same(options.Bootstrap, (options with { Encryption = Encryption.Required }).Validated().Bootstrap);
    }

    [Fact]
    public async Task A_node_does_not_listen_at_an_address_of_another_node()
    {
        PeerAddress address = new("127.0.0.1", 1, NodeIdentity.Create().Id);
        P2PNodeOptions encrypting = new() { Encryption = Encryption.Required };

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => P2PNode.StartAsync(encrypting with { Listen = address }));
        Assert.Contains(nameof(encrypting.Listen), refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>((encrypting with { Announce = [address] }).Validated);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_peer_without_a_valid_certificate_is_refused(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        using RSA rsa = RSA.Create(2048);
        using ECDsa larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        X509Certificate2?[] shown =
        [
            null,
            Stranger.SelfSigned(
                new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            Stranger.SelfSigned(new CertificateRequest("CN=x", larger, HashAlgorithmName.SHA256)),
        ];
        foreach (X509Certificate2? certificate in shown)
        {
            Assert.Equal(
                DisconnectReason.EncryptionFailed, await Stranger.EndOfAsync(server, certificate, SslProtocols.Tls13));
            certificate?.Dispose();
        }

        Assert.Empty(server.Peers);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_older_version_of_TLS_is_refused(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 fitting =
            Stranger.SelfSigned(new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256));

        Assert.Equal(DisconnectReason.EncryptionFailed, await Stranger.EndOfAsync(server, fitting, SslProtocols.Tls12));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_handshake_that_stalls_ends_in_time(TransportKind kind)
    {
        FakeTimeProvider time = new();
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind, Encryption = Encryption.Required },
            services: new P2PNodeServices { TimeProvider = time });
        using NodeEvents events = server.Events();
        using Socket silent = new(SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port).WaitAsync(Waits.Guard);
        Task<PeerRefused> refused = events.ReadAsync<PeerRefused>().AsTask();

        while (!refused.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(DisconnectReason.HandshakeTimeout, (await refused).End.Reason);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Only_nodes_that_are_allowed_become_peers(TransportKind kind)
    {
        NodeIdentity alice = NodeIdentity.Create();
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions
            {
                Transport = kind,
                Encryption = Encryption.Required,
                Access = new AccessSettings { AllowNodes = [alice.Id] },
            },
            protocol => protocol.OnRequest<Text, Text>((request, _) => request));
        using NodeEvents events = server.Events();
        P2PNodeOptions options = new() { Transport = kind, Encryption = Encryption.Required, Listen = null };
        await using P2PNode allowed = await P2PNode.StartAsync(
            options, services: new P2PNodeServices { Identity = alice });
        await using P2PNode stranger = await P2PNode.StartAsync(options);

        Assert.Equal("in",
            (await allowed.AskAsync<Text>(server.ListenAddresses[0], new Text("in")).WaitAsync(Waits.Guard)).Value);
        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => stranger.AskAsync<Text>(server.ListenAddresses[0], new Text("out")).WaitAsync(Waits.Guard));

        Assert.Contains(nameof(DisconnectReason.NotAdmitted), refusal.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            alice.Id, (await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard)).Peer.Id);
        Assert.Equal([alice.Id], server.Peers.Select(peer => peer.Id!.Value));
    }

    [Fact]
    public async Task An_address_that_is_denied_is_not_dialled_to()
    {
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions());
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Access = new AccessSettings { DenyNetworks = ["127.0.0.0/8"] } });

        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard));

        Assert.Equal(ConnectFailure.NotAdmitted, refusal.Reason);
    }

    [Fact]
    public void Rules_about_nodes_need_encryption()
    {
        P2PNodeOptions options = new()
        {
            Encryption = Encryption.Off,
            Access = new AccessSettings { DenyNodes = [NodeIdentity.Create().Id] },
        };
        Assert.Contains(
            "Required", Assert.Throws<ArgumentException>(options.Validated).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_encrypts_does_not_start_without_a_key()
    {
        NodeIdentity keyless = NodeIdentity.WithoutKey(NodeIdentity.Create().Id);
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => P2PNode.StartAsync(
            new P2PNodeOptions { Encryption = Encryption.Required },
            services: new P2PNodeServices { Identity = keyless }));
        Assert.Contains("has no key", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<P2PNode> StartAsync(TransportKind kind, Encryption encryption, string? identityFile = null) =>
        P2PNode.StartAsync(
        new P2PNodeOptions { Transport = kind, Encryption = encryption, IdentityFile = identityFile },
        protocol => protocol.OnRequest<Text, Text>((request, _) => request));
}
