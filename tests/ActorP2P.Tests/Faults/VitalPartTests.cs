using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>
/// A vital part of the node fails so often that it is stopped instead of restarted. Everything that it has in hand must
/// end too.
/// </summary>
public sealed class VitalPartTests
{
    // This is one more than the number of failures that are tolerated within a minute.
    private const int Failures = 11;

    [Fact]
    public void Every_ask_ends_though_the_tracker_is_stopped() => Run(async (client, peer, clock) =>
    {
        for (int i = 0; i < Failures; i++)
        {
            clock.ThrowOnce();
            AskException end = await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Text>(peer, new Text("?")));
            Assert.Equal(AskFailure.NodeFailed, end.Reason);
        }

        await AssertStoppedAsync(client, "requests");
    });

    [Fact]
    public void Every_broadcast_ends_though_the_broadcaster_is_stopped() => Run(async (client, peer, clock) =>
    {
        for (int i = 0; i < Failures; i++)
        {
            clock.ThrowOnce();
            SendException end = await Assert.ThrowsAsync<SendException>(() => client.BroadcastAsync(new Text("!")));
            Assert.Equal(SendFailure.NotConnected, end.Reason);
        }

        await AssertStoppedAsync(client, "broadcaster");
    });

    [Fact]
    public void Every_connect_ends_though_the_dialer_is_stopped() => Run(
        async (client, peer, clock) =>
        {
            for (int i = 0; i < Failures; i++)
            {
                ConnectException end = await Assert.ThrowsAsync<ConnectException>(
                    () => client.ConnectAsync(new PeerAddress("elsewhere", 1)));
                Assert.Equal(ConnectFailure.Stopping, end.Reason);
            }

            await AssertStoppedAsync(client, "dialer");
        },
        isDialled: true);

    private static async Task AssertStoppedAsync(P2PNode node, string part)
    {
        NodeStoppedException end = await Assert.ThrowsAsync<NodeStoppedException>(() => node.Completion);
        Assert.Contains(part, end.Message, StringComparison.Ordinal);
    }

    private static void Run(Func<P2PNode, Peer, ThrowingClock, Task> scenario, bool isDialled = false)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            ThrowingClock clock = null!;
            P2PNode server = await mesh.StartAsync(
                "server", protocol => protocol.OnRequest<Text, Text>((request, _) => request));
            P2PNode client = await mesh.StartAsync(
                "client",
                transport: isDialled ? new UndialableTransport(mesh.CreateTransport("client")) : null,
                wrapTime: time => clock = new ThrowingClock(time));
            using NodeEvents events = client.Events();
            if (isDialled)
            {
                await server.ConnectAsync(client.ListenAddresses[0]);
            }
            else
            {
                await client.ConnectAsync(server.ListenAddresses[0]);
            }

            Peer peer = (await events.ReadAsync<PeerConnected>()).Peer;
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            await scenario(client, peer, clock);
            await client.DisposeAsync();
            await server.DisposeAsync();
        });
    }
}
