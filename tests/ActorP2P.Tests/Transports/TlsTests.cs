using System.Security.Cryptography;
using System.Text;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>An encrypted connection keeps the promises of <see cref="IConnection"/>, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class TlsTests : TransportTest
{
    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 3_000_000).Select(i => (byte)(i * 31 >> 3))];

    private readonly TlsIdentity _alice = NewIdentity();
    private readonly TlsIdentity _bob = NewIdentity();

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Bytes_pass_both_ways_and_both_ids_are_proven(TransportKind kind)
    {
        using TransportPair pair = await EncryptedAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        Task<(byte[] Bytes, TransportFault Fault)> atA = a.ReadToEndAsync();
        Task<(byte[] Bytes, TransportFault Fault)> atB = b.ReadToEndAsync();

        ArraySegment<byte>[] pieces = [new(s_bytes, 0, 10), new(s_bytes, 10, 40_000),
            new(s_bytes, 40_010, s_bytes.Length - 40_010)];
        Task<OperationResult> fromA = a.SendAsync(pieces);
        Task<OperationResult> fromB = b.SendAsync(s_bytes);
        Assert.Equal(s_bytes.Length, (await fromA.WaitAsync(Waits.Guard)).Bytes);
        Assert.Equal(s_bytes.Length, (await fromB.WaitAsync(Waits.Guard)).Bytes);
        pair.Dialled.ShutdownSend();
        pair.Accepted.ShutdownSend();

        Assert.Equal(s_bytes, (await atA.WaitAsync(Waits.Guard)).Bytes);
        Assert.Equal(s_bytes, (await atB.WaitAsync(Waits.Guard)).Bytes);
        Assert.Equal((TransportFault.EndOfStream, TransportFault.EndOfStream), ((await atA).Fault, (await atB).Fault));
        Assert.Equal(_bob.Id, ((TlsConnection)pair.Dialled).RemoteId);
        Assert.Equal(_alice.Id, ((TlsConnection)pair.Accepted).RemoteId);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_stream_that_ends_while_receiving_loses_no_bytes(TransportKind kind)
    {
        // The defect that this test guards against, two threads in TLS at once, appeared within about ten connections.
        for (int connection = 0; connection < 40; connection++)
        {
            await Bytes_pass_both_ways_and_both_ids_are_proven(kind);
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Nothing_that_is_sent_is_on_the_wire_in_clear(TransportKind kind)
    {
        byte[] secret = Encoding.ASCII.GetBytes("the fleet sails at dawn");
        using TransportPair pair = await ConnectAsync(kind);
        WireTap tap = new(pair.Dialled);
        AwaitedEnd a = new(new TlsConnection(tap, _alice, SessionRole.Initiator));
        AwaitedEnd b = new(new TlsConnection(pair.Accepted, _bob, SessionRole.Responder));

        Task<OperationResult> sending = a.SendAsync(secret);
        byte[] buffer = new byte[100];
        OperationResult received = await b.ReceiveAsync(buffer).WaitAsync(Waits.Guard);
        await sending.WaitAsync(Waits.Guard);

        Assert.Equal(secret, buffer[..received.Bytes]);
        Assert.NotEmpty(tap.Sent);
        Assert.Equal(-1, tap.Sent.AsSpan().IndexOf(secret));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_peer_that_does_not_encrypt_fails_the_handshake(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(new TlsConnection(pair.Dialled, _alice, SessionRole.Initiator));
        AwaitedEnd plain = new(pair.Accepted);
        Task<OperationResult> receiving = a.ReceiveAsync(new byte[10]);
        Task<OperationResult> sending = a.SendAsync(new byte[10]);

        await plain.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n")).WaitAsync(Waits.Guard);

        Assert.Equal(TransportFault.HandshakeFailed, (await receiving.WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.HandshakeFailed, (await sending.WaitAsync(Waits.Guard)).Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_handshake_that_is_aborted_ends_both_sides(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        TlsConnection tls = new(pair.Dialled, _alice, SessionRole.Initiator);
        AwaitedEnd a = new(tls);
        AwaitedEnd silent = new(pair.Accepted);
        Task<OperationResult> receiving = a.ReceiveAsync(new byte[10]);
        await silent.ReceiveAsync(new byte[10]).WaitAsync(Waits.Guard);

        tls.Abort();

        Assert.Equal(TransportFault.Aborted, (await receiving.WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.Reset, (await silent.ReadToEndAsync().WaitAsync(Waits.Guard)).Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_abort_resets_an_encrypted_peer(TransportKind kind)
    {
        using TransportPair pair = await EncryptedAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        await a.SendAsync(new byte[1]).WaitAsync(Waits.Guard);
        await b.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard);
        Task<OperationResult> atA = a.ReceiveAsync(new byte[1]);
        Task<OperationResult> atB = b.ReceiveAsync(new byte[1]);

        pair.Dialled.Abort();

        Assert.Equal(TransportFault.Aborted, (await atA.WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.Reset, (await atB.WaitAsync(Waits.Guard)).Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Every_operation_after_an_abort_fails_typed(TransportKind kind)
    {
        using TransportPair pair = await EncryptedAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        await a.SendAsync(new byte[1]).WaitAsync(Waits.Guard);
        await b.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard);

        pair.Dialled.Abort();
        pair.Accepted.Dispose();

        Assert.Equal(TransportFault.Aborted, (await a.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard)).Error.Fault);
        Assert.Equal(TransportFault.Aborted, (await a.SendAsync(new byte[1]).WaitAsync(Waits.Guard)).Error.Fault);
        Assert.True((await b.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard)).IsFailed);
        Assert.True((await b.SendAsync(new byte[1]).WaitAsync(Waits.Guard)).IsFailed);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_stream_that_ends_during_the_handshake_fails_it(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        AwaitedEnd a = new(new TlsConnection(pair.Dialled, _alice, SessionRole.Initiator));
        AwaitedEnd plain = new(pair.Accepted);
        Task<OperationResult> receiving = a.ReceiveAsync(new byte[10]);
        await plain.ReceiveAsync(new byte[10]).WaitAsync(Waits.Guard);

        pair.Accepted.ShutdownSend();

        Assert.Equal(TransportFault.HandshakeFailed, (await receiving.WaitAsync(Waits.Guard)).Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_empty_receive_waits_for_the_next_bytes(TransportKind kind)
    {
        using TransportPair pair = await EncryptedAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        await a.SendAsync(new byte[1]).WaitAsync(Waits.Guard);
        await b.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard);
        Task<OperationResult> waiting = b.ReceiveAsync(default);
        Assert.False(waiting.IsCompleted);

        await a.SendAsync(new byte[5]).WaitAsync(Waits.Guard);

        Assert.Equal(0, (await waiting.WaitAsync(Waits.Guard)).Bytes);
        Assert.Equal(5, (await b.ReceiveAsync(new byte[10]).WaitAsync(Waits.Guard)).Bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Two_nodes_talk_over_encrypted_connections(TransportKind kind)
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Encryption = Encryption.Off },
            protocol => protocol.OnRequest<Text, Text>((request, _) => request), Services(kind, _bob));
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null, Encryption = Encryption.Off }, services: Services(kind, _alice));
        string longest = new('x', 2_000_000);

        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(Waits.Guard);
        Task<Text>[] asks = [.. Enumerable.Range(0, 100).Select(i => client.AskAsync<Text>(peer, new Text($"{i}")))];
        Text large = await client.AskAsync<Text>(peer, new Text(longest)).WaitAsync(Waits.Guard);

        Assert.Equal(longest, large.Value);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"),
            (await Task.WhenAll(asks).WaitAsync(Waits.Guard)).Select(text => text.Value));
        using NodeEvents events = client.Events();
        await server.DisposeAsync();
        Disconnect end = (await events.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(Waits.Guard)).End;
        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.Reason, end.Side));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(38, 16)]
    [InlineData(16_406, 16_384)]
    [InlineData(16_407, 16_384 - 21)]
    [InlineData(2 * 16_406, 2 * 16_384)]
    public void Encrypted_bytes_count_as_what_they_carry(int encrypted, int content) =>
        Assert.Equal(content, TlsRecords.ContentOf(encrypted));

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Bytes_that_wait_are_counted_as_they_are_received(TransportKind kind)
    {
        using TransportPair pair = await EncryptedAsync(kind);
        AwaitedEnd a = new(pair.Dialled);
        AwaitedEnd b = new(pair.Accepted);
        await a.SendAsync(new byte[1]).WaitAsync(Waits.Guard);
        await b.ReceiveAsync(new byte[1]).WaitAsync(Waits.Guard);

        await a.SendAsync(new byte[1_000]).WaitAsync(Waits.Guard);
        while (pair.Accepted.BytesWaiting == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(1_000, pair.Accepted.BytesWaiting);
        Assert.Equal(1_000, (await b.ReceiveAsync(new byte[2_000]).WaitAsync(Waits.Guard)).Bytes);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_has_ended_has_disposed_its_certificate(TransportKind kind)
    {
        P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        TlsTransport protection = Assert.IsType<TlsTransport>(node.Context.OwnProtection);

        await node.DisposeAsync();

        Assert.ThrowsAny<Exception>(() => protection.Identity.ForInitiator((_, shown, _, _) => shown is null)
            .ClientCertificateContext!.TargetCertificate.RawDataMemory.Length);
    }

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => new TlsIdentity(key));
    }

    private static TlsIdentity NewIdentity()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TlsIdentity(key);
    }

    private P2PNodeServices Services(TransportKind kind, TlsIdentity identity) =>
        new() { Transport = new TlsTransport(Create(kind), identity), Identity = NodeIdentity.WithoutKey(identity.Id) };

    private async Task<TransportPair> EncryptedAsync(TransportKind kind)
    {
        ITransport inner = Create(kind);
        return await TransportPair.ConnectAsync(new TlsTransport(inner, _alice), new TlsTransport(inner, _bob));
    }
}
