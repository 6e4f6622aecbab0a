using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Faults;

/// <summary>Broadcasts that, with their header, are longer than a peer or this node accepts.</summary>
public sealed class LongBroadcastTests
{
    private const int Short = 100_000;

    [Fact]
    public void A_broadcast_beyond_our_own_limit_is_refused() => Run(async (mesh, node, log) =>
    {
        SendException refusal = await Assert.ThrowsAsync<SendException>(
            () => node.BroadcastAsync(new Blob(new byte[2 * Short])));
        Assert.Equal(SendFailure.TooLong, refusal.Reason);
    });

    [Fact]
    public void A_broadcast_beyond_the_limit_of_all_peers_is_refused() => Run(async (mesh, node, log) =>
    {
        _ = node.DisconnectAsync(node.Peers.Single(peer => peer.Address.Host == "long"));
        await Task.Delay(TimeSpan.FromSeconds(10), mesh.World.TimeProvider);

        SendException refusal = await Assert.ThrowsAsync<SendException>(() => node.BroadcastAsync(Message(Short + 1)));

        Assert.Equal(SendFailure.TooLong, refusal.Reason);
        Assert.Equal(1, await node.BroadcastAsync(Message(Short)));
        Assert.Equal(1, node.Statistics.BroadcastsTooLong);
    });

    [Fact]
    public void A_peer_that_takes_no_such_broadcast_is_not_counted() => Run(async (mesh, node, log) =>
    {
        Assert.Equal(1, await node.BroadcastAsync(Message(Short + 1)));
        Assert.Equal(1, await node.BroadcastAsync(Message(Short + 2)));
        Assert.Equal(2, await node.BroadcastAsync(Message(Short)));

        Assert.Equal(2, node.Statistics.BroadcastsTooLong);
        Assert.Single(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    });

    [Fact]
    public void A_relay_beyond_a_peers_limit_is_counted() => Run(async (mesh, node, log) =>
    {
        P2PNode origin = await mesh.StartAsync("origin", change: WithMaxMessage(2 * Short));
        await origin.ConnectAsync(node.ListenAddresses[0]);
        await origin.BroadcastAsync(Message(Short + 1));
        await Task.Delay(TimeSpan.FromMinutes(1), mesh.World.TimeProvider);

        Assert.Equal(1, node.Statistics.BroadcastsTooLong);
        await origin.DisposeAsync();
    });

    // The limit applies to the length including the header.
    private static Blob Message(int length) => new(new byte[length - BroadcastHead.Size]);

    private static Func<P2PNodeOptions, P2PNodeOptions> WithMaxMessage(int bytes) =>
        settings => settings with { Session = settings.Session with { MaxMessage = bytes } };

    private static void Run(Func<VirtualMesh, P2PNode, LogRecorder, Task> scenario)
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            void Accept(ProtocolBuilder protocol) => protocol.OnBroadcast<Blob>((_, _) => Verdict.Accept);
            await using P2PNode shortOnes = await mesh.StartAsync("short", Accept, change: WithMaxMessage(Short));
            await using P2PNode longOnes = await mesh.StartAsync("long", Accept, change: WithMaxMessage(2 * Short));
            await using P2PNode node = await mesh.StartAsync("node", Accept, change: WithMaxMessage(2 * Short));
            await node.ConnectAsync(shortOnes.ListenAddresses[0]);
            await node.ConnectAsync(longOnes.ListenAddresses[0]);
            await scenario(mesh, node, log);
        });
    }
}
