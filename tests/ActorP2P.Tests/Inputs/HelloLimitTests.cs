using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests;

/// <summary>
/// The contents of a node's hello are checked at configuration, so that no peer ever refuses or punishes it.
/// </summary>
public sealed class HelloLimitTests
{
    [Fact]
    public void Too_many_service_names_are_refused_at_the_start()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(
                () => mesh.StartAsync("a", Services(150)));
            Assert.Equal("protocol", refused.ParamName);
            Assert.Contains("names 150 services", refused.Message, StringComparison.Ordinal);
            Assert.Contains("allowed: 8192", refused.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_most_service_names_are_accepted_by_peers()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b");
            (P2PNode a, int services) = await StartWithMostAsync(mesh, 150);
            Peer peer = await b.ConnectAsync(a.ListenAddresses[0]);
            Assert.Equal(services, peer.Services.Count);
            Assert.InRange(services, 90, 130);
            await a.DisposeAsync();
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nWarning: all is lost")]
    [InlineData("a\u001b[31m")]
    public void Texts_that_do_not_print_are_refused(string text)
    {
        Assert.Throws<ArgumentException>(() => new P2PNodeOptions { NetworkId = text }.Validated());
        Exception? agent = Record.Exception(() => new P2PNodeOptions { UserAgent = text }.Validated());
        Assert.Equal(text.Length == 0 ? null : typeof(ArgumentException), agent?.GetType());
        VirtualMesh mesh = new();
        mesh.Run(async () => Assert.Equal("name", (await Assert.ThrowsAsync<ArgumentException>(
            () => mesh.StartAsync("a", protocol => protocol.Service(0x60, text)))).ParamName));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_wildcard_address_cannot_be_announced(string host) =>
        Assert.Equal("Announce", Assert.Throws<ArgumentException>(
        () => new P2PNodeOptions { Announce = [new PeerAddress(host, 9000)] }.Validated()).ParamName);

    [Fact]
    public Task Texts_of_a_peer_are_clean_where_they_are_shown() => Arena.RunAsync(Network.Memory, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync(hello => hello with
        {
            UserAgent = "x\r\nError: \u001b[31mfalse\u202e",
            Services = [new ServiceName(0x70, "y\u0007")],
        });
        using (raw)
        {
            Assert.Equal("x\ufffd\ufffdError: \ufffd[31mfalse\ufffd", peer.UserAgent);
            Assert.Equal("y\ufffd", peer.Services[0].Name);
        }
    });

    private static async Task<(P2PNode Node, int Services)> StartWithMostAsync(VirtualMesh mesh, int services)
    {
        while (true)
        {
            try
            {
                return (await mesh.StartAsync($"a{services}", Services(services)), services);
            }
            catch (ArgumentException)
            {
                services--;
            }
        }
    }

    private static Action<ProtocolBuilder> Services(int count) => protocol =>
    {
        for (int code = 1; code <= count; code++)
        {
            protocol.Service((byte)code, $"{code:d3}{new string('n', HelloCodec.MaxServiceName - 3)}");
        }
    };
}
