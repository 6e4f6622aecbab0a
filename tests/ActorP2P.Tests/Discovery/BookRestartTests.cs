using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Discovery;

/// <summary>A node that is started again, with the addresses that it knew before.</summary>
public sealed class BookRestartTests
{
    private const string Host = "20.99.0.1";

    private readonly MemoryPeerStore _store = new();

    [Fact]
    public void With_its_book_a_node_finds_its_peers_without_a_bootstrap_node()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 6);
            await LearnAsync(mesh);

            await using P2PNode again = await StartAsync(mesh);
            Assert.InRange(again.Discovery!.Addresses, 6, 8);
            await ExchangeTests.Until(mesh, () => again.Discovery!.Outbound >= 3);
            await DisposeAllAsync(others);
        });
    }

    [Fact]
    public void The_peers_that_lasted_longest_are_dialled_first()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 12);
            PeerAddress[] lasting = await LearnAsync(mesh, outbound: 3);

            await using P2PNode again = await StartAsync(mesh, outbound: 2);
            await ExchangeTests.Until(mesh, () => again.Discovery!.Outbound == 2);
            Assert.Equal(lasting.ToHashSet(), [.. again.Peers.Where(static peer => peer.IsOutbound)
                .Select(static peer => peer.Address)]);
            await DisposeAllAsync(others);
        });
    }

    [Fact]
    public void Without_its_book_a_node_begins_anew()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 3);
            await LearnAsync(mesh);
            await using P2PNode again = await mesh.StartAsync(Host, change: ExchangeTests.Discovering("20.1.0.1"));
            Assert.Equal(0, again.Discovery!.Addresses);
            await ExchangeTests.Until(mesh, () => again.Discovery!.Outbound >= 3);
            await DisposeAllAsync(others);
        });
    }

    [Theory]
    [InlineData(nameof(BookFault.Damaged))]
    [InlineData("CutOff")]
    [InlineData(nameof(BookFault.UnknownFormat))]
    [InlineData(nameof(BookFault.NotABook))]
    public void With_a_corrupt_book_a_node_begins_anew_and_says_so(string what)
    {
        LogRecorder logs = new();
        VirtualMesh mesh = new() { Logs = logs };
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 3);
            await LearnAsync(mesh);
            PeerStoreEntry saved = (await _store.ReadAsync("addresses"))[0];
            byte[] damaged = saved.Value.ToArray();
            damaged[what switch
            {
                nameof(BookFault.NotABook) => 0,
                nameof(BookFault.UnknownFormat) => "ActorP2P book".Length,
                _ => damaged.Length / 2,
            }] ^= 2;
            damaged = what == "CutOff" ? saved.Value.ToArray()[..^1] : damaged;
            await _store.WriteAsync([PeerStoreChange.Set("addresses", saved.Key, damaged)]);

            string reason = what == "CutOff" ? nameof(BookFault.Damaged) : what;
            await using (P2PNode again = await StartAsync(mesh, bootstrap: "20.1.0.1"))
            {
                Assert.Equal(0, again.Discovery!.Addresses);
                Assert.Contains(logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal)
                    && line.Contains($"({reason})", StringComparison.Ordinal));
                await ExchangeTests.Until(mesh, () => again.Discovery!.Outbound >= 3);
            }

            // What it has learned now has taken the place of the corrupt book.
            await using P2PNode once = await StartAsync(mesh);
            Assert.InRange(once.Discovery!.Addresses, 3, 4);
            await DisposeAllAsync(others);
        });
    }

    [Fact]
    public void With_a_book_of_dead_addresses_the_list_is_used_after_a_minute()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 5);
            await LearnAsync(mesh);
            await DisposeAllAsync(others);
            await using P2PNode living = await mesh.StartAsync("20.50.0.1", change: ExchangeTests.Discovering());
            TimeSpan begun = mesh.World.Now;

            await using P2PNode again = await StartAsync(mesh, bootstrap: "20.50.0.1");
            await ExchangeTests.Until(mesh, () => again.Discovery!.Outbound == 1);
            Assert.InRange(mesh.World.Now - begun, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(70));
        });
    }

    [Fact]
    public void With_a_book_of_stale_addresses_they_are_tried_but_not_told()
    {
        VirtualMesh mesh = new();
        mesh.World.Run(async () =>
        {
            P2PNode[] others = await OthersAsync(mesh, 4);
            await LearnAsync(mesh);
            await DisposeAllAsync(others);

            // For longer than addresses count, nobody is there. Then one of the nodes is back, at its old address.
            await Task.Delay(BookEntry.Horizon + TimeSpan.FromDays(1), mesh.World.TimeProvider);
            await using P2PNode again = await StartAsync(mesh);
            await using P2PNode asking = await mesh.StartAsync("20.60.0.1", change: ExchangeTests.Discovering(Host));
            await ExchangeTests.Until(mesh, () => asking.Discovery!.Addresses > 0);
            Assert.Equal((1, 5), (asking.Discovery!.Addresses, again.Discovery!.Addresses));
            await using P2PNode back = await mesh.StartAsync("20.3.0.1", change: ExchangeTests.Discovering());
            await ExchangeTests.Until(
                mesh, () => again.Peers.Any(static peer => peer.IsOutbound && peer.Address.Host == "20.3.0.1"));
        }, BookEntry.Horizon + TimeSpan.FromDays(2));
    }

    // The node's first life: it learns, saves, and stops. Returns the two peers that it had first.
    private async Task<PeerAddress[]> LearnAsync(VirtualMesh mesh, int outbound = 8)
    {
        P2PNode node = await StartAsync(mesh, outbound, "20.1.0.1");
        await ExchangeTests.Until(mesh, () => node.Discovery!.Outbound >= Math.Min(outbound, 3));
        await Task.Delay(TimeSpan.FromMinutes(10), mesh.World.TimeProvider);
        PeerAddress[] lasting = [.. node.Peers.Where(static peer => peer.IsOutbound)
            .OrderBy(static peer => peer.ConnectionId).Take(2).Select(static peer => peer.Address)];
        await node.DisposeAsync();
        return lasting;
    }

    private Task<P2PNode> StartAsync(VirtualMesh mesh, int outbound = 8, params string[] bootstrap) => mesh.StartAsync(
        Host,
        change: settings => ExchangeTests.Discovering(bootstrap)(settings) with
        {
            Discovery = ExchangeTests.Discovering(bootstrap)(settings).Discovery with { Outbound = outbound },
        },
        supply: services => services with { Store = _store });

    private Task<P2PNode> StartAsync(VirtualMesh mesh, string bootstrap) => StartAsync(mesh, 8, bootstrap);

    private static async Task<P2PNode[]> OthersAsync(VirtualMesh mesh, int count)
    {
        P2PNode[] others = new P2PNode[count];
        for (int i = 0; i < count; i++)
        {
            others[i] = await mesh.StartAsync(
                $"20.{i + 1}.0.1", change: ExchangeTests.Discovering(i == 0 ? [] : ["20.1.0.1"]));
        }

        await ExchangeTests.Until(mesh, () => others.All(node => node.Discovery!.Addresses >= count / 2));
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
