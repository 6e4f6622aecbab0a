using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests;

/// <summary>
/// An address with port 0 cannot be dialled. The caller gets an error at once, and the node does not see the address.
/// </summary>
public sealed class PortZeroTests
{
    private static readonly PeerAddress Portless = new("127.0.0.1", 0);

    [Fact]
    public void Connecting_and_asking_without_a_port_is_refused()
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", Echo);
            await using P2PNode a = await mesh.StartAsync("a");
            for (int i = 0; i < 20; i++)
            {
                AssertNames("address", await Assert.ThrowsAsync<ArgumentException>(() => a.ConnectAsync(Portless)));
                AssertNames("address",
                    await Assert.ThrowsAsync<ArgumentException>(() => a.AskAsync<Text>(Portless, new Text("x"))));
            }

            Assert.Equal("echo y", (await a.AskAsync<Text>(b.ListenAddresses[0], new Text("y"))).Value);
        });

        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void Bootstrapping_and_announcing_without_a_port_is_refused()
    {
        AssertNames("Bootstrap",
            Assert.Throws<ArgumentException>(() => new P2PNodeOptions { Bootstrap = [Portless] }.Validated()));
        AssertNames("Announce",
            Assert.Throws<ArgumentException>(() => new P2PNodeOptions { Announce = [Portless] }.Validated()));
    }

    [Fact]
    public async Task A_node_with_such_settings_does_not_start() => AssertNames("Bootstrap",
        await Assert.ThrowsAsync<ArgumentException>(
            () => P2PNode.StartAsync(new P2PNodeOptions { Bootstrap = [Portless] })));

    [Theory]
    [InlineData("bootstrap")]
    [InlineData("announce")]
    public void A_file_without_a_port_is_refused_by_its_key(string key) =>
        AssertNames(key, Assert.Throws<ArgumentException>(
        () => P2PNodeOptions.From(Akka.Configuration.ConfigurationFactory.ParseString($"{key} = [\"127.0.0.1:0\"]"))));

    private static void AssertNames(string name, ArgumentException refused)
    {
        Assert.Equal(name, refused.ParamName);
        Assert.StartsWith(
            $"{name} is 127.0.0.1:0; allowed: a port of 1 to 65535.", refused.Message, StringComparison.Ordinal);
    }

    private static void Echo(ProtocolBuilder protocol) =>
        protocol.OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"));
}
