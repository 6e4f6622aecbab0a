using ActorP2P.Protocol;
using ActorP2P.TestKit;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Whom the rules of access keep out, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class AdmissionTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_node_that_the_lists_exclude_gets_no_request(TransportKind kind)
    {
        int received = 0;
        await using P2PNode other = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind },
            protocol => protocol.OnRequest<Text, Text>((request, _) =>
            {
                received++;
                return request;
            }));
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions
        {
            Transport = kind,
            Listen = null,
            Access = new AccessSettings { AllowNodes = [NodeIdentity.Create().Id] },
        });

        ConnectException byHost = await Assert.ThrowsAsync<ConnectException>(() => client.AskAsync<Text>(
            other.ListenAddresses[0].WithoutId, new Text("secret")).WaitAsync(Waits.Guard));
        ConnectException byId = await Assert.ThrowsAsync<ConnectException>(() => client.AskAsync<Text>(
            other.ListenAddresses[0], new Text("secret")).WaitAsync(Waits.Guard));

        Assert.Equal(DisconnectReason.NotAdmitted, byHost.End!.Reason);
        Assert.Equal(ConnectFailure.NotAdmitted, byId.Reason);
        Assert.Equal(0, received);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Rules_that_change_end_a_connection_in_its_handshake(TransportKind kind)
    {
        NodeIdentity stranger = NodeIdentity.Create();
        P2PNodeOptions options = new() { NetworkId = "test", Transport = kind };
        await using P2PNode server = await P2PNode.StartAsync(options);
        SocketTransport sockets = new(new SocketTransportSettings(), TimeProvider.System);
        using FakePeer peer = await FakePeer.DialAsync(sockets, server.ListenAddresses[0], identity: stranger);
        await peer.SendHelloAsync(FakePeer.CreateHello("test") with { NodeId = new ClaimedNodeId(stranger.Id) });
        await peer.ExpectAsync(FrameKind.HelloAck).WaitAsync(Waits.Guard);

        await server.ApplyAsync(options with { Access = new AccessSettings { DenyNodes = [stranger.Id] } });

        FakeFrame answer = await peer.ExpectAsync(FrameKind.Goodbye).WaitAsync(Waits.Guard);
        Assert.Equal((byte)DisconnectReason.NotAdmitted, answer.Payload[1]);
    }
}
