using System.Text;
using ActorP2P.Protocol;
using ActorP2P.Simulation;
using ActorP2P.TestKit;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Signed;

/// <summary>A member that forges, changes or replays signed broadcasts.</summary>
public sealed class ForgedBroadcastTests
{
    private static readonly NodeId s_victim = NodeId.FromPublicKey([7]);
    private static readonly ISigner s_signer = SimulatedNetwork.CreateSigner(s_victim);

    public static TheoryData<string, byte[]> Forgeries { get; } = new()
    {
        { "signed by another node", Body(Signed("x", 1, signer: new Impostor())) },
        { "another node's key", Changed(Signed("x", 1), payload => payload[0] ^= 1) },
        { "another sequence", Changed(Signed("x", 1), payload => payload[71] ^= 1) },
        { "another signature", Changed(Signed("x", 1), payload => payload[100] ^= 1) },
        { "another message", Changed(Signed("x", 1), payload => payload[^1] ^= 1) },
        { "a message that goes on", Body([.. Signed("x", 1), (byte)'y']) },
        { "of another network", Body(Signed("x", 1, network: "other")) },
        { "of another type", Body(Signed("x", 1, type: Blob.TypeCode)) },
        { "with another salt", Body(Signed("x", 1, salt: 99)) },
        { "no signature", Body(Encoding.UTF8.GetBytes("x")) },
        { "half a signature", Body(Signed("x", 1)[..100]) },
        { "nothing", Body([]) },
        { "only zeros", Body(new byte[AuthorBlock.Size + 1]) },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_broadcast_ends_the_session_and_goes_no_further(string what, byte[] body) => Play(
        async (mesh, node, peer, raw, heard) =>
        {
            using NodeEvents events = node.Events();
            await raw.SendAsync(FrameKind.Broadcast, body, FakePeer.Normal, Text.TypeCode, id: 1);

            PeerDisconnected end = await events.ReadAsync<PeerDisconnected>();
            Assert.True(end.Reason == DisconnectReason.BroadcastNotSigned, $"{what}: {end.End}");
            Assert.Equal(DisconnectSide.Local, end.End.Side);
            await DelayAsync(mesh, 1);
            Assert.Empty(heard);
            Assert.Equal(0, peer.Statistics.BroadcastsReceived);
        });

    [Fact]
    public void The_same_broadcast_rightly_signed_is_taken() => Play(async (mesh, _, peer, raw, heard) =>
    {
        await raw.SendAsync(FrameKind.Broadcast, Body(Signed("x", 1)), FakePeer.Normal, Text.TypeCode, id: 1);
        await DelayAsync(mesh, 1);
        Assert.Equal(["x"], heard);
        Assert.Equal(1, peer.Statistics.BroadcastsReceived);
    });

    [Fact]
    public void A_forgery_does_not_keep_the_true_broadcast_out() => Play(async (mesh, node, _, raw, heard) =>
    {
        byte[] forged = Changed(Signed("x", 1), payload => payload[100] ^= 1);
        await raw.SendAsync(FrameKind.Broadcast, forged, FakePeer.Normal, Text.TypeCode, id: 1);
        await DelayAsync(mesh, 5);
        FakePeer honest = await DialAsync(mesh, "honest", node);
        await honest.SendAsync(FrameKind.Broadcast, Body(Signed("x", 1)), FakePeer.Normal, Text.TypeCode, id: 1);
        await DelayAsync(mesh, 1);
        Assert.Equal(["x"], heard);
    });

    [Fact]
    public void A_replay_is_not_taken_a_second_time_however_late() => Play(async (mesh, node, peer, raw, heard) =>
    {
        for (ulong sequence = 1; sequence <= 3; sequence++)
        {
            await SendAsync(raw, $"{sequence}", sequence);
        }

        await DelayAsync(mesh, 5);
        Assert.Equal(["1", "2", "3"], heard);
        foreach (double minutes in (double[])[1, 1.5, 5, 30])
        {
            await DelayAsync(mesh, minutes * 60);
            for (ulong sequence = 1; sequence <= 3; sequence++)
            {
                await SendAsync(raw, $"{sequence}", sequence);
            }
        }

        await DelayAsync(mesh, 5);
        Assert.Equal(["1", "2", "3"], heard);
        Assert.True(node.Statistics.ReplayedBroadcasts > 0);
        Assert.Equal(3, peer.Statistics.BroadcastsReceived);
        Assert.Equal(2, node.Peers.Count);

        await SendAsync(raw, "4", 4);
        await DelayAsync(mesh, 1);
        Assert.Equal(["1", "2", "3", "4"], heard);
    });

    [Fact]
    public void A_broadcast_that_others_have_overtaken_is_taken() => Play(async (mesh, _, _, raw, heard) =>
    {
        await SendAsync(raw, "2", 2);
        await DelayAsync(mesh, 45);
        await SendAsync(raw, "1", 1);
        await DelayAsync(mesh, 1);
        Assert.Equal(["2", "1"], heard);
    });

    [Fact]
    public void A_nodes_own_broadcast_does_not_come_back_to_it() => Play(async (mesh, node, _, raw, heard) =>
    {
        await node.BroadcastSignedAsync(new Text("own"));
        FakeFrame sent = await raw.ExpectAsync(FrameKind.Broadcast);
        await DelayAsync(mesh, 300);
        await raw.SendAsync(FrameKind.Broadcast, sent.Payload, FakePeer.Normal, Text.TypeCode, id: 1);
        await DelayAsync(mesh, 1);
        Assert.Empty(heard);
        Assert.Equal(1, node.Statistics.ReplayedBroadcasts);
    });

    private static Task SendAsync(FakePeer raw, string text, ulong sequence) => raw.SendAsync(
        FrameKind.Broadcast, Body(Signed(text, sequence)), FakePeer.Normal, Text.TypeCode, id: sequence);

    private static byte[] Signed(
        string text, ulong sequence, string network = "test", ushort? type = null, ulong salt = 1,
        ISigner? signer = null)
    {
        byte[] payload = [.. new byte[AuthorBlock.Size], .. Encoding.UTF8.GetBytes(text)];
        AuthorBlock.Write(signer ?? s_signer, network, type ?? Text.TypeCode, salt, sequence, payload);
        return payload;
    }

    private static byte[] Body(byte[] payload) => Broadcasts.Body(payload);

    private static byte[] Changed(byte[] payload, Action<byte[]> change)
    {
        change(payload);
        return Body(payload);
    }

    private static Task DelayAsync(VirtualMesh mesh, double seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), mesh.World.TimeProvider);

    private static async Task<FakePeer> DialAsync(VirtualMesh mesh, string host, P2PNode node)
    {
        FakePeer raw = await FakePeer.DialAsync(mesh.CreateTransport(host), node.ListenAddresses[0]);
        await raw.HandshakeAsync("test");
        return raw;
    }

    /// <summary>A node that judges signed broadcasts, a peer of it that does too, and a raw peer.</summary>
    private static void Play(Func<VirtualMesh, P2PNode, P2PNode, FakePeer, List<string>, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            List<string> heard = [];
            await using P2PNode node = await mesh.StartAsync(
                "node", protocol => SignedBroadcastTests.Take(protocol, next => heard.Add(next.Text)),
                change: static settings => settings with
                {
                    // The raw peer answers no ping.
                    Session = settings.Session with { PingAfter = TimeSpan.FromHours(5) },
                });
            await using P2PNode peer = await mesh.StartAsync(
                "peer", protocol => SignedBroadcastTests.Take(protocol, static _ => { }));
            await peer.ConnectAsync(node.ListenAddresses[0]);
            FakePeer raw = await DialAsync(mesh, "raw", node);
            await DelayAsync(mesh, 1);
            await scenario(mesh, node, peer, raw, heard);
        });
    }

    /// <summary>Signs with its own key and names the victim's.</summary>
    private sealed class Impostor : ISigner
    {
        private readonly ISigner _own = SimulatedNetwork.CreateSigner(NodeId.FromPublicKey([8]));

        public ReadOnlyMemory<byte> PublicKey => s_signer.PublicKey;

        public NodeId IdOf(ReadOnlySpan<byte> publicKey) => _own.IdOf(publicKey);

        public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature) => _own.Sign(digest, signature);

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
            _own.Verify(publicKey, digest, signature);
    }
}
