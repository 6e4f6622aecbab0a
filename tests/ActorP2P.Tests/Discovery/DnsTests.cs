using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Discovery;

/// <summary>Nodes that begin with nothing but a DNS name.</summary>
public sealed class DnsTests
{
    private static readonly PeerAddress s_name = new("nodes.example.org", 1);

    [Fact]
    public void A_node_begins_with_the_addresses_of_a_name()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: ExchangeTests.Discovering());
            await using P2PNode second = await StartAsync(
                mesh, "20.2.0.1", static _ => Found([new PeerAddress("20.1.0.1", 1)]));
            await ExchangeTests.Until(mesh, () => second.Peers.Count == 1);
        });
    }

    [Fact]
    public void A_node_begins_with_the_signed_records_of_a_name()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: ExchangeTests.Discovering());
            string text = first.CreateRecord().ToString();
            await using P2PNode second = await StartAsync(mesh, "20.2.0.1", _ => Found(
                [], ["v=spf1 -all", text, "p2p-record:AAAA", text[..^4] + "AAAA"]));
            await ExchangeTests.Until(mesh, () => second.Peers.Count == 1);
            IReadOnlyDictionary<RecordRefusal, long> refused = second.Discovery!.Refused;
            Assert.Equal(2, refused[RecordRefusal.Malformed] + refused[RecordRefusal.NotSigned]);
        });
    }

    [Fact]
    public void Of_ten_thousand_records_of_each_kind_32_are_used()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode node = await StartAsync(mesh, "20.2.0.1", static _ => Found(
                [.. Enumerable.Range(0, 10_000).Select(static i => new PeerAddress(Overlay.Host(i), 1))],
                [.. Enumerable.Repeat("p2p-record:AAAA", 10_000)]));
            await ExchangeTests.Until(mesh, () => node.Discovery!.Refused[RecordRefusal.DnsTooMany] > 0);
            Assert.Equal(2 * 9_968, node.Discovery!.Refused[RecordRefusal.DnsTooMany]);
            Assert.Equal(32, node.Discovery.Refused[RecordRefusal.Malformed]);
            Assert.InRange(node.Discovery.Addresses, 16, 32);
        });
    }

    [Fact]
    public void A_name_with_nothing_is_counted_and_the_list_is_used_a_minute_later()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: ExchangeTests.Discovering());
            TimeSpan begun = mesh.World.Now;
            await using P2PNode node = await StartAsync(mesh, "20.2.0.1", static _ => Found([]), "20.1.0.1");
            await ExchangeTests.Until(mesh, () => node.Peers.Count == 1);
            Assert.Equal(1, node.Discovery!.Refused[RecordRefusal.DnsNothing]);
            Assert.InRange(mesh.World.Now - begun, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(62));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_answer_that_comes_late_or_never_is_given_up(bool comesLate)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode first = await mesh.StartAsync("20.1.0.1", change: ExchangeTests.Discovering());
            await using P2PNode node = await StartAsync(mesh, "20.2.0.1", async _ =>
            {
                await Task.Delay(
                    comesLate ? TimeSpan.FromSeconds(30) : Timeout.InfiniteTimeSpan, mesh.World.TimeProvider);
                return await Found([new PeerAddress("20.1.0.1", 1)]);
            });
            await Task.Delay(TimeSpan.FromSeconds(60), mesh.World.TimeProvider);
            Assert.Equal((1, 0), (node.Discovery!.Refused[RecordRefusal.DnsFailed], node.Discovery.Addresses));
        });
    }

    [Fact]
    public void A_name_that_leads_to_the_node_itself_is_counted()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode node = await StartAsync(
                mesh, "20.2.0.1", static _ => Found([new PeerAddress("20.2.0.1", 1)]));
            await ExchangeTests.Until(mesh, () => node.Discovery!.Refused[RecordRefusal.Own] == 1);
            Assert.Equal(0, node.Discovery!.Addresses);
        });
    }

    [Fact]
    public void A_source_that_throws_is_counted_and_asked_again()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            FakeDns dns = new(static _ => throw new InvalidOperationException("no servers"));
            await using P2PNode node = await StartAsync(mesh, "20.2.0.1", dns);
            await Task.Delay(TimeSpan.FromMinutes(6), mesh.World.TimeProvider);
            Assert.Equal((2, 2L), (dns.Asked, node.Discovery!.Refused[RecordRefusal.DnsFailed]));
        });
    }

    private static Task<P2PNode> StartAsync(
        VirtualMesh mesh, string host, Func<PeerAddress, Task<DnsFindings>> answer, params string[] bootstrap) =>
        StartAsync(mesh, host, new FakeDns(answer), bootstrap);

    private static Task<P2PNode> StartAsync(
        VirtualMesh mesh, string host, FakeDns dns, params string[] bootstrap) => mesh.StartAsync(
            host,
            change: settings => settings with
            {
                Discovery = new DiscoverySettings
                {
                    DnsNames = [s_name],
                    Bootstrap = [.. bootstrap.Select(static other => new PeerAddress(other, 1))],
                },
            },
            supply: services => services with { DnsSource = dns });

    private static Task<DnsFindings> Found(PeerAddress[] addresses, string[]? texts = null) =>
        Task.FromResult(new DnsFindings { Addresses = addresses, Texts = texts ?? [] });
}
