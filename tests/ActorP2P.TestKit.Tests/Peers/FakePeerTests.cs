using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.TestKit.Tests;

public sealed class FakePeerTests
{
    private static readonly P2PNodeOptions Settings =
        new() { NetworkId = "cluster", Listen = new PeerAddress("127.0.0.1", 0) };

    [Fact]
    public void On_the_simulated_network_a_wrong_hello_is_told_goodbye() =>
        Cluster.Of(["node"]).Without<ReasonedCloses>().Run(async cluster =>
        {
            using FakePeer peer = await FakePeer.DialAsync(cluster.CreateTransport("fake"), cluster["node"].Address);
            await peer.SendHelloAsync(FakePeer.CreateHello("another network"));
            FakeFrame goodbye = await peer.ExpectAsync(FrameKind.Goodbye);

            Assert.Equal((byte)DisconnectReason.WrongNetwork, goodbye.Payload[1]);
        });

    [Fact]
    public void On_the_simulated_network_a_silent_peer_is_given_up() =>
        Cluster.Of(["node"]).Run(async cluster =>
        {
            using FakePeer peer = await FakePeer.DialAsync(cluster.CreateTransport("fake"), cluster["node"].Address);
            TimeSpan start = cluster.World.Now;
            await peer.ReadToEndAsync();

            Assert.InRange(cluster.World.Now - start, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(13));
        });

    [Fact]
    public void On_the_simulated_network_a_second_answer_has_no_effect() =>
        Cluster.Of(["node"]).Run(async cluster =>
        {
            using FakeListener listener = FakePeer.Listen(cluster.CreateTransport("fake"), new PeerAddress("fake", 1));
            Task<FakePeer> accepting = listener.AcceptAsync();
            Task<Peer> connecting = cluster["node"].Node.ConnectAsync(listener.Address);
            using FakePeer fake = await accepting;
            await fake.HandshakeAsync("cluster", asInitiator: false);
            Task<Text> asking = cluster["node"].AskAsync<Text>(await connecting, new Text("?"));
            FakeFrame request = await fake.ExpectAsync(FrameKind.Request);
            await fake.SendAsync(FrameKind.Response, new Text("one"), request.Header.Id);
            await fake.SendAsync(FrameKind.Response, new Text("two"), request.Header.Id);

            Assert.Equal("one", (await asking).Value);
            await cluster.UntilAsync(
                () => cluster["node"].Node.Statistics.UnexpectedResponses == 1, "the second is counted");
        });

    [Fact]
    public async Task The_same_script_runs_over_sockets()
    {
        SocketTransport sockets = new(new SocketTransportSettings(), TimeProvider.System);
        await AskAsync(sockets, sockets, new PeerAddress("127.0.0.1", 0));
    }

    private static async Task AskAsync(ITransport ours, ITransport theirs, PeerAddress address)
    {
        await using P2PNode node = await P2PNode.StartAsync(
            Settings with { Listen = address },
            protocol => protocol.OnRequest<Text, Text>((text, _) => new Text($"echo {text.Value}")),
            new P2PNodeServices { Transport = ours });
        using FakePeer peer = await FakePeer.DialAsync(
            theirs, node.ListenAddresses[0], identity: NodeIdentity.Create());
        await peer.HandshakeAsync("cluster");
        await peer.SendAsync(FrameKind.Request, new Text("hello"), id: 7);
        FakeFrame response = await peer.ExpectAsync(FrameKind.Response);

        Assert.Equal(7UL, response.Header.Id);
        Assert.Equal("echo hello"u8.ToArray(), response.Payload);
    }
}
