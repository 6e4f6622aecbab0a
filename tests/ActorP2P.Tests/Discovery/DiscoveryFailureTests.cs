using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Discovery;

/// <summary>A DiscoveryActor that fails: its supervisor restarts it, and the book outlives it.</summary>
public sealed class DiscoveryFailureTests
{
    private const int Others = 6;

    [Fact]
    public void After_failures_and_a_pause_the_node_dials_from_its_book()
    {
        VirtualMesh mesh = new() { Logs = new LogRecorder() };
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, dial: false);
            await using P2PNode node = await mesh.StartAsync(
                "20.99.0.1",
                change: ExchangeTests.Discovering([.. others.Select(static other => other.Settings.Listen!.Host)]));
            await ExchangeTests.Until(mesh, () => node.Peers.Count == Others);
            await FailAsync(mesh, node, times: 5);

            // The fifth pause is of sixteen seconds. Meanwhile the node dials nobody, and then at once from its book:
            // a node with a book does not use its list in the first minute.
            TimeSpan failed = mesh.World.Now;
            foreach (Peer peer in node.Peers)
            {
                await node.DisconnectAsync(peer);
            }

            await ExchangeTests.Until(mesh, () => node.Peers.Count > 0);
            Assert.InRange(mesh.World.Now - failed, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(18));
            await DisposeAllAsync(others);
        });
    }

    // The actor is restarted each time, at once; it is told to fail by the message that Akka.NET has for that.
    private static async Task FailAsync(VirtualMesh mesh, P2PNode node, int times)
    {
        LogRecorder logs = (LogRecorder)mesh.Logs!;
        for (int i = 0; i < times; i++)
        {
            node.Context.Discovery!.Actor.Tell(Kill.Instance, ActorRefs.NoSender);
            await Task.Delay(TimeSpan.FromMilliseconds(100), mesh.World.TimeProvider);
        }

        Assert.Equal(times, logs.Lines.Count(static line => line.Contains("discovery", StringComparison.Ordinal)
            && line.Contains(nameof(ActorKilledException), StringComparison.Ordinal)));
    }

    private static async Task<P2PNode[]> OthersAsync(VirtualMesh mesh, bool dial = true)
    {
        P2PNode[] others = new P2PNode[Others];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = await mesh.StartAsync($"20.{i + 1}.0.1", change: dial
                ? ExchangeTests.Discovering(i == 0 ? [] : ["20.1.0.1"])
                : static settings => settings with
                {
                    Discovery = new DiscoverySettings { Mode = DiscoveryMode.On, Outbound = 0 },
                });
        }

        return others;
    }

    private static async Task DisposeAllAsync(P2PNode[] nodes)
    {
        foreach (P2PNode node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
