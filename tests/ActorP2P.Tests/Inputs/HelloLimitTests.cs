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

    // Services, names, addresses, types of broadcasts and states of any number and length that a node accepts.
    [Fact]
    public void No_settings_and_no_state_make_a_hello_that_peers_refuse()
    {
        int started = 0;
        int refused = 0;
        for (int seed = 1; seed <= 150; seed++)
        {
            Random random = new(seed);
            VirtualMesh mesh = new((ulong)seed);
            mesh.Run(async () =>
            {
                P2PNode node;
                try
                {
                    node = await mesh.StartAsync("a", Any(random), change: settings => Any(random, settings));
                }
                catch (ArgumentException tooMuch)
                {
                    Assert.Contains("allowed: 8192", tooMuch.Message, StringComparison.Ordinal);
                    refused++;
                    return;
                }

                started++;
                await using P2PNode honest = await mesh.StartAsync(
                    "b", change: settings => settings with { NetworkId = node.Settings.NetworkId });
                await node.SetStateAsync(new byte[P2PNode.MaxStateBytes]);
                foreach (BroadcastChoice choice in Enum.GetValues<BroadcastChoice>())
                {
                    await node.ApplyAsync(node.Settings with { Broadcasts = choice });
                    byte[] proof = new byte[NetworkKeys.ProofSize];
                    Hello longest = node.Context.CreateHello() with { SecretProofs = [proof, proof] };
                    Assert.True(HelloCodec.TryRead(RawPeer.Encode(longest), out _), $"seed {seed}, {choice}");
                    await honest.DisconnectAsync(await honest.ConnectAsync(new PeerAddress("a", 1)));
                }

                await node.DisposeAsync();
            });
        }

        Assert.True(started > 30 && refused > 30, $"{started} started, {refused} were refused.");
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

    private static Action<ProtocolBuilder> Any(Random random) => protocol =>
    {
        int services = random.Next(200);
        for (int code = 1; code <= services; code++)
        {
            protocol.Service((byte)code, $"{code:d3}{new string('n', random.Next(30, HelloCodec.MaxServiceName - 2))}");
        }

        int types = random.Next(600);
        for (ushort type = 0x0100; type < 0x0100 + types; type++)
        {
            protocol.Catalog.Broadcasts.Add(type, new MessageHandler<BroadcastContext, Verdict>(
                MessageDecoder<Text>.Instance, (_, _) => ValueTask.FromResult(Verdict.Accept),
                HandlerMode.Asynchronous));
        }
    };

    private static P2PNodeOptions Any(Random random, P2PNodeOptions settings) => settings with
    {
        NetworkId = new string('n', random.Next(1, HelloCodec.MaxNetworkId + 1)),
        UserAgent = new string('u', random.Next(HelloCodec.MaxUserAgent + 1)),
        Announce =
            [.. Enumerable.Range(0, random.Next(HelloCodec.MaxAddresses + 1))
                .Select(_ => new PeerAddress(new string('h', random.Next(1, 254)), random.Next(1, 65_536)))],
    };

    private static Action<ProtocolBuilder> Services(int count) => protocol =>
    {
        for (int code = 1; code <= count; code++)
        {
            protocol.Service((byte)code, $"{code:d3}{new string('n', HelloCodec.MaxServiceName - 3)}");
        }
    };
}
