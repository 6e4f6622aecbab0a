using ActorP2P.Protocol;
using ActorP2P.TestKit;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>What somebody without the cookie tries.</summary>
[Collection(SocketsCollection.Name)]
public sealed class LoginAttackTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SocketTransport _sockets = new(new SocketTransportSettings(), TimeProvider.System);

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task The_cookie_is_never_on_the_wire(TransportKind kind)
    {
        await using P2PNode server = await StartAsync(kind, Encryption.Off);
        byte[] cookie = LoginCookie.Read(_folder["cookie"]);
        await using RecordingProxy proxy = new(server.ListenAddresses[0].Port);
        await using (P2PNode tool = await StartAsync(kind, Encryption.Off, cookieFile: null))
        {
            Peer peer = await tool.ConnectAsync(new PeerAddress("127.0.0.1", proxy.Port)).WaitAsync(Waits.Guard);
            await tool.LoginAsync(peer, _folder["cookie"]).WaitAsync(Waits.Guard);
        }

        await proxy.EndedAsync();
        foreach (byte[] seen in new[] { proxy.FromDialler, proxy.FromListener })
        {
            Assert.True(seen.Length > 2 * LoginProof.Size);
            Assert.Equal(-1, seen.AsSpan().IndexOf(cookie.AsSpan(0, 8)));
            Assert.Equal(-1, seen.AsSpan().IndexOf(
                System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cookie, 0, 8))));
        }
    }

    [Fact]
    public void A_proof_that_is_sent_again_is_wrong()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", change: options => options with { CookieFile = _folder["cookie"] });
            byte[] cookie = LoginCookie.Read(_folder["cookie"]);
            byte[] nonce = new byte[LoginProof.Size];
            Hello hello = FakePeer.CreateHello("test");
            LoginProof ends = new(hello.NodeId.Claim, server.Id, hello.Nonce, server.Context.Nonce);
            using FakePeer first = await ConnectAsync(mesh, server);
            await first.SendAsync(FrameKind.Request, new LoginBegin(nonce), id: 1);
            LoginReply challenge = await ReplyAsync(first);
            byte[] proof = ends.OfClient(cookie, nonce, challenge.Bytes);
            await first.SendAsync(FrameKind.Request, new LoginProve(proof), id: 2);
            Assert.Equal(LoginOutcome.Ok, (await ReplyAsync(first)).Outcome);

            // On the same connection without a new challenge, and on another with a challenge of its own.
            await first.SendAsync(FrameKind.Request, new LoginProve(proof), id: 3);
            Assert.Equal(LoginOutcome.Wrong, (await ReplyAsync(first)).Outcome);
            using FakePeer second = await ConnectAsync(mesh, server);
            await second.SendAsync(FrameKind.Request, new LoginBegin(nonce), id: 1);
            Assert.Equal(LoginOutcome.Ok, (await ReplyAsync(second)).Outcome);
            await second.SendAsync(FrameKind.Request, new LoginProve(proof), id: 2);
            Assert.Equal(LoginOutcome.Wrong, (await ReplyAsync(second)).Outcome);
        });
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_passes_a_login_on_gains_nothing(TransportKind kind)
    {
        NodeIdentity thief = NodeIdentity.Create();
        await using P2PNode server = await StartAsync(kind, Encryption.Required);
        await using P2PNode tool = await StartAsync(kind, Encryption.Required, cookieFile: null);
        using FakeListener trap = FakePeer.Listen(_sockets, new PeerAddress("127.0.0.1", 0), thief);
        PeerAddress address = await trap.Listening.WaitAsync(Waits.Guard);
        Task<Peer> connecting = tool.ConnectAsync(address);
        using FakePeer toTool = await trap.AcceptAsync().WaitAsync(Waits.Guard);
        Hello hello = await ReadHelloAsync(toTool, FrameKind.Hello);
        using FakePeer toServer = await FakePeer.DialAsync(
            _sockets, server.ListenAddresses[0], identity: thief).WaitAsync(Waits.Guard);

        // Each side gets the other's hello, but for the id that the thief must claim.
        await toServer.SendHelloAsync(hello with { NodeId = new ClaimedNodeId(thief.Id) });
        Hello ack = await ReadHelloAsync(toServer, FrameKind.HelloAck);
        await toServer.SendAsync(FrameKind.Ready);
        await toTool.SendHelloAsync(ack with { NodeId = new ClaimedNodeId(thief.Id) }, FrameKind.HelloAck);
        Peer peer = await connecting.WaitAsync(Waits.Guard);
        Task login = tool.LoginAsync(peer, _folder["cookie"]);
        for (int message = 0; message < 2; message++)
        {
            FakeFrame request = await toTool.ExpectAsync(FrameKind.Request).WaitAsync(Waits.Guard);
            await toServer.SendAsync(
                FrameKind.Request, request.Payload, request.Header.Flags, request.Header.Type, request.Header.Id);
            FakeFrame reply = await toServer.ExpectAsync(FrameKind.Response).WaitAsync(Waits.Guard);
            await toTool.SendAsync(
                FrameKind.Response, reply.Payload, reply.Header.Flags, reply.Header.Type, reply.Header.Id);
        }

        LoginException refusal = await Assert.ThrowsAsync<LoginException>(() => login.WaitAsync(Waits.Guard));
        Assert.Equal(LoginFailure.WrongCookie, refusal.Reason);
        Assert.DoesNotContain(server.Peers, other => other.IsLoggedIn);
    }

    [Fact]
    public async Task A_peer_that_accepts_without_the_cookie_is_not_believed()
    {
        _folder.Write("cookie", new string('a', 64));
        await using P2PNode tool = await StartAsync(TransportKind.Sockets, Encryption.Off, cookieFile: null);
        using FakeListener trap = FakePeer.Listen(_sockets, new PeerAddress("127.0.0.1", 0));
        Task<Peer> connecting = tool.ConnectAsync(await trap.Listening.WaitAsync(Waits.Guard));
        using FakePeer toTool = await trap.AcceptAsync().WaitAsync(Waits.Guard);
        await ReadHelloAsync(toTool, FrameKind.Hello);
        await toTool.SendHelloAsync(FakePeer.CreateHello("actorp2p"), FrameKind.HelloAck);
        Task login = tool.LoginAsync(await connecting.WaitAsync(Waits.Guard), _folder["cookie"]);
        for (int message = 0; message < 2; message++)
        {
            FakeFrame request = await toTool.ExpectAsync(FrameKind.Request).WaitAsync(Waits.Guard);
            await toTool.SendAsync(
                FrameKind.Response, new LoginReply(LoginOutcome.Ok, new byte[LoginProof.Size]), request.Header.Id);
        }

        LoginException refusal = await Assert.ThrowsAsync<LoginException>(() => login.WaitAsync(Waits.Guard));
        Assert.Equal(LoginFailure.PeerNotProven, refusal.Reason);
    }

    [Theory]
    [InlineData(0x0001, 0)]
    [InlineData(0x0001, 33)]
    [InlineData(0x0002, 31)]
    [InlineData(0x0002, 60_000)]
    public void A_login_that_does_not_parse_is_malformed(ushort type, int length)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", change: options => options with { CookieFile = _folder["cookie"] });
            using FakePeer peer = await ConnectAsync(mesh, server);

            await peer.SendAsync(FrameKind.Request, new byte[length], FakePeer.Normal, type, id: 1);

            FakeFrame error = await peer.ExpectAsync(FrameKind.Error);
            Assert.True(CodedText.TryRead(error.Payload, out ushort code, out _));
            Assert.Equal(RequestErrorCode.Malformed, (RequestErrorCode)code);
        });
    }

    [Fact]
    public void A_hello_that_names_the_librarys_service_changes_no_login()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server",
                protocol => protocol.Service(0x54, "texts", ServiceAccess.Member, EchoProtocol.Register),
                change: options => options with { CookieFile = _folder["cookie"] });
            using FakePeer peer = await FakePeer.DialAsync(mesh.CreateTransport("raw"), server.ListenAddresses[0]);
            await peer.SendHelloAsync(FakePeer.CreateHello("test") with { Services = [new ServiceName(0, "texts")] });
            await peer.ExpectAsync(FrameKind.HelloAck);

            await peer.SendAsync(FrameKind.Request, new LoginBegin(new byte[LoginProof.Size]), id: 1);

            Assert.Equal(LoginOutcome.Ok, (await ReplyAsync(peer)).Outcome);
        });
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Hello> ReadHelloAsync(FakePeer peer, FrameKind kind)
    {
        FakeFrame frame = await peer.ExpectAsync(kind).WaitAsync(Waits.Guard);
        Assert.True(HelloCodec.TryRead(frame.Payload, out Hello? hello));
        return hello;
    }

    private static async Task<FakePeer> ConnectAsync(VirtualMesh mesh, P2PNode server)
    {
        FakePeer peer = await FakePeer.DialAsync(mesh.CreateTransport("raw"), server.ListenAddresses[0]);
        await peer.SendHelloAsync(FakePeer.CreateHello("test"));
        await peer.ExpectAsync(FrameKind.HelloAck);
        await peer.SendAsync(FrameKind.Ready);
        return peer;
    }

    private static async Task<LoginReply> ReplyAsync(FakePeer peer)
    {
        FakeFrame frame = await peer.ExpectAsync(FrameKind.Response);
        Assert.True(LoginReply.TryRead(frame.Payload, out LoginReply? reply));
        return reply;
    }

    private Task<P2PNode> StartAsync(TransportKind kind, Encryption encryption) =>
        StartAsync(kind, encryption, _folder["cookie"]);

    private static Task<P2PNode> StartAsync(TransportKind kind, Encryption encryption, string? cookieFile) =>
        P2PNode.StartAsync(new P2PNodeOptions
        {
            Transport = kind,
            Encryption = encryption,
            CookieFile = cookieFile,
        });
}
