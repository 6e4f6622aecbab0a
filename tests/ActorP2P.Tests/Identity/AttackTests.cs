using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>What strangers and people on the path try against nodes that encrypt.</summary>
[Collection(SocketsCollection.Name)]
public sealed class AttackTests
{
    private const string Secret = "nobody on the path may read this";

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Whoever_passes_bytes_on_reads_none_and_is_no_peer(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        await using RecordingProxy proxy = new(server.ListenAddresses[0].Port);
        await using (P2PNode client = await StartAsync(kind))
        {
            PeerAddress address = new("127.0.0.1", proxy.Port, server.Id);
            Peer peer = await client.ConnectAsync(address).WaitAsync(Waits.Guard);
            Assert.Equal(Secret, (await client.AskAsync<Text>(peer, new Text(Secret)).WaitAsync(Waits.Guard)).Value);
            Assert.Equal(server.Id, peer.Id);
        }

        await proxy.EndedAsync();
        foreach (byte[] seen in new[] { proxy.FromDialler, proxy.FromListener })
        {
            Assert.True(seen.Length > Secret.Length);
            Assert.Equal(-1, seen.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)));
            Assert.Equal(-1, seen.AsSpan().IndexOf(Encoding.UTF8.GetBytes(server.Settings.NetworkId)));
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Bytes_that_are_sent_again_are_refused(TransportKind kind)
    {
        int asked = 0;
        await using P2PNode server = await StartAsync(kind, () => asked++);
        await using RecordingProxy proxy = new(server.ListenAddresses[0].Port);
        await using (P2PNode client = await StartAsync(kind))
        {
            PeerAddress address = new("127.0.0.1", proxy.Port, server.Id);
            await client.AskAsync<Text>(address, new Text(Secret)).WaitAsync(Waits.Guard);
        }

        await proxy.EndedAsync();
        using NodeEvents events = server.Events();
        using Socket again = new(SocketType.Stream, ProtocolType.Tcp);
        await again.ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port).WaitAsync(Waits.Guard);
        await again.SendAsync(proxy.FromDialler).WaitAsync(Waits.Guard);
        again.Shutdown(SocketShutdown.Send);

        Assert.Equal(DisconnectReason.EncryptionFailed,
            (await events.ReadAsync<PeerRefused>().AsTask().WaitAsync(Waits.Guard)).End.Reason);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(TransportKind.AkkaIo, 50)]
    [InlineData(TransportKind.AkkaIo, 1_000)]
    [InlineData(TransportKind.Sockets, 50)]
    [InlineData(TransportKind.Sockets, 1_000)]
    public async Task A_certificate_with_a_chain_of_issuers_is_refused(TransportKind kind, int issuers)
    {
        await using P2PNode server = await StartAsync(kind);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2Collection chain = [IssuedBy(null, 0, key)];
        for (int i = 1; i < issuers; i++)
        {
            chain.Add(IssuedBy(chain[i - 1], i, key));
        }

        using X509Certificate2 last = IssuedBy(chain[^1], chain.Count, key);

        Assert.Equal(DisconnectReason.EncryptionFailed, await Stranger.EndOfAsync(server, last, chain: chain));
        Assert.Empty(server.Peers);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_certificate_of_a_mebibyte_is_refused(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", new byte[1 << 20], critical: false));
        using X509Certificate2 large = Stranger.SelfSigned(request);

        Assert.Equal(DisconnectReason.EncryptionFailed, await Stranger.EndOfAsync(server, large));
        Assert.Empty(server.Peers);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Garbage_in_the_place_of_a_handshake_is_refused(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        Random random = new(7);
        for (int round = 0; round < 20; round++)
        {
            byte[] garbage = new byte[random.Next(1, 2_000)];
            random.NextBytes(garbage);

            // Every other time it begins like a record of TLS.
            byte[] beginning = round % 2 == 0 ? [] : [0x16, 3, 1, (byte)random.Next(64), (byte)random.Next(256)];
            using NodeEvents events = server.Events();
            using Socket stranger = new(SocketType.Stream, ProtocolType.Tcp);
            await stranger.ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port).WaitAsync(Waits.Guard);
            await stranger.SendAsync((byte[])[.. beginning, .. garbage]).WaitAsync(Waits.Guard);
            stranger.Shutdown(SocketShutdown.Send);

            Assert.Equal(DisconnectReason.EncryptionFailed,
                (await events.ReadAsync<PeerRefused>().AsTask().WaitAsync(Waits.Guard)).End.Reason);
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task While_hundreds_of_handshakes_stall_honest_nodes_are_served(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind);
        Socket[] silent = new Socket[400];
        for (int i = 0; i < silent.Length; i++)
        {
            silent[i] = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await silent[i].ConnectAsync("127.0.0.1", server.ListenAddresses[0].Port).WaitAsync(Waits.Guard);
            await silent[i].SendAsync((byte[])[0x16, 3, 1, 2, 0, 1]).WaitAsync(Waits.Guard);
        }

        await using P2PNode honest = await StartAsync(kind);
        Text reply = await honest.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);

        Assert.Equal("hi", reply.Value);
        Array.ForEach(silent, socket => socket.Dispose());
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Two_nodes_with_one_key_are_both_served(TransportKind kind)
    {
        NodeIdentity key = NodeIdentity.Create();
        await using P2PNode server = await StartAsync(kind);
        await using P2PNode first = await StartAsync(kind, identity: key);
        await using P2PNode second = await StartAsync(kind, identity: key);

        using NodeEvents events = server.Events();

        foreach (P2PNode node in new[] { first, second, first })
        {
            await node.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);
        }

        Peer one = (await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard)).Peer;
        Peer other = (await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard)).Peer;
        Assert.NotSame(one, other);
        Assert.Equal((key.Id, key.Id), (one.Id!.Value, other.Id!.Value));
    }

    private static X509Certificate2 IssuedBy(X509Certificate2? issuer, int number, ECDsa key)
    {
        CertificateRequest request = new($"CN={number}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        if (issuer is null)
        {
            return Stranger.SelfSigned(request);
        }

        using X509Certificate2 issued = request.Create(
            issuer, issuer.NotBefore, issuer.NotAfter, BitConverter.GetBytes(number));
        return issued.CopyWithPrivateKey(key);
    }

    private static Task<P2PNode> StartAsync(TransportKind kind, Action? asked = null, NodeIdentity? identity = null) =>
        P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "a-network-with-a-name", Transport = kind },
            protocol => protocol.OnRequest<Text, Text>((request, _) =>
            {
                asked?.Invoke();
                return request;
            }),
            new P2PNodeServices { Identity = identity });
}
