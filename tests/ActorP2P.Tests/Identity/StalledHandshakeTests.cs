using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorP2P.Protocol;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;
using Microsoft.Extensions.Time.Testing;

namespace ActorP2P.Tests.Identity;

/// <summary>Strangers who stop amid the handshake, at each step of it.</summary>
[Collection(SocketsCollection.Name)]
public sealed class StalledHandshakeTests
{
    private static readonly byte[] s_halfHello = [0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3];

    [Theory]
    [InlineData(TransportKind.Sockets, 0)]
    [InlineData(TransportKind.Sockets, 1)]
    [InlineData(TransportKind.Sockets, 2)]
    [InlineData(TransportKind.Sockets, 3)]
    [InlineData(TransportKind.AkkaIo, 0)]
    [InlineData(TransportKind.AkkaIo, 1)]
    [InlineData(TransportKind.AkkaIo, 2)]
    [InlineData(TransportKind.AkkaIo, 3)]
    public async Task A_handshake_that_stops_at_any_step_ends_in_time(TransportKind kind, int step)
    {
        FakeTimeProvider time = new();
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, services: new P2PNodeServices { TimeProvider = time });
        using NodeEvents events = server.Events();
        Task<PeerRefused> refused = events.ReadAsync<PeerRefused>().AsTask();
        await using Stalled stalled = await Stalled.AtAsync(step, server.ListenAddresses[0].Port);

        TimeSpan passed = TimeSpan.Zero;
        while (!refused.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            passed += TimeSpan.FromSeconds(1);
            await Task.Yield();
        }

        Assert.Equal(DisconnectReason.HandshakeTimeout, (await refused).End.Reason);
        Assert.True(passed >= TimeSpan.FromSeconds(10));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_thousand_that_stall_hold_little_and_keep_nobody_out(TransportKind kind)
    {
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind },
            protocol => protocol.OnRequest<Text, Text>((request, _) => request));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Stack<Stalled> stalled = new();
        for (int i = 0; i < 1_000; i++)
        {
            stalled.Push(await Stalled.AtAsync(i % 4, server.ListenAddresses[0].Port));
        }

        await using P2PNode honest = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind, Listen = null });
        Text reply = await honest.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        // Of the thousand at most 64 have a slot. The strangers' own streams are in this process too and count.
        Assert.Equal("hi", reply.Value);
        Assert.True(held < 100 * 1024 * 1024, $"{held} bytes");
        while (stalled.TryPop(out Stalled? one))
        {
            await one.DisposeAsync();
        }
    }

    /// <summary>A stranger who has stopped at a step.</summary>
    private sealed class Stalled(Socket socket, SslStream? tls) : IAsyncDisposable
    {
        private static readonly X509Certificate2 s_certificate = Stranger.SelfSigned(new CertificateRequest(
            "CN=x", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256));

        /// <param name="step">
        /// 0: nothing is sent; 1: half of the first message; 2: the first message, and not the answer to the server's;
        /// 3: all of TLS, and no hello.
        /// </param>
        /// <param name="port">Where the node listens.</param>
        public static async Task<Stalled> AtAsync(int step, int port)
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync("127.0.0.1", port).WaitAsync(Waits.Guard);
            try
            {
                return await AtAsync(step, socket);
            }
            catch (Exception cut) when (cut is IOException or SocketException or AuthenticationException)
            {
                // The node has given the slot to the next one.
                return new Stalled(socket, null);
            }
        }

        public async ValueTask DisposeAsync()
        {
            socket.Dispose();
            if (tls is not null)
            {
                await tls.DisposeAsync();
            }
        }

        private static async Task<Stalled> AtAsync(int step, Socket socket)
        {
            if (step == 1)
            {
                await socket.SendAsync(s_halfHello).WaitAsync(Waits.Guard);
            }

            if (step < 2)
            {
                return new Stalled(socket, null);
            }

            SslStream tls = new(new NetworkStream(socket));
            TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task shaking = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "",
                EnabledSslProtocols = SslProtocols.Tls13,
                ApplicationProtocols = [new SslApplicationProtocol("actorp2p/1")],
                ClientCertificateContext = SslStreamCertificateContext.Create(s_certificate, null, offline: true),
                RemoteCertificateValidationCallback = (_, _, _, _) =>
                {
                    shown.TrySetResult();
                    return step == 3;
                },
            });

            // Who does not accept the node's certificate never answers it, but for an alert.
            await (step == 3 ? shaking : await Task.WhenAny(shaking, shown.Task)).WaitAsync(Waits.Guard);
            return new Stalled(socket, tls);
        }
    }
}
