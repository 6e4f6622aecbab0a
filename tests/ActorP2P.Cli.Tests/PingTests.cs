using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorP2P.Cli.Tests;

/// <summary>The command ping.</summary>
public sealed class PingTests(Mesh mesh) : IClassFixture<Mesh>
{
    [Theory]
    [InlineData("hub", "TLS 1.3", true)]
    [InlineData("plain", "none", false)]
    public async Task It_says_what_the_node_is_and_measures(string node, string encryption, bool isProven)
    {
        ToolResult result = await mesh.RunAsync("ping", node, "-c", "3", "-i", "0.02", "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        JsonElement connected = result.Json();
        Assert.Equal(encryption, connected.GetProperty("encryption").GetString());
        Assert.Equal(isProven, connected.GetProperty("isProven").GetBoolean());
        Assert.Contains(connected.GetProperty("id").GetString()!, isProven ? mesh.Address(node)
            : connected.GetProperty("id").GetString()!, StringComparison.Ordinal);
        Assert.StartsWith("ActorP2P/", connected.GetProperty("software").GetString(), StringComparison.Ordinal);
        Assert.True(connected.GetProperty("connectedMs").GetDouble()
            >= connected.GetProperty("handshakeMs").GetDouble());
        Assert.All(
            Enumerable.Range(1, 3),
            ping => Assert.True(result.Json(ping).GetProperty("rttMs").GetDouble() > 0));
        JsonElement statistics = result.Json(4);
        Assert.Equal(3, statistics.GetProperty("received").GetInt32());
        Assert.InRange(
            statistics.GetProperty("avgMs").GetDouble(),
            statistics.GetProperty("minMs").GetDouble(),
            statistics.GetProperty("maxMs").GetDouble());
    }

    [Fact]
    public async Task Its_statistics_look_like_those_of_ping()
    {
        ToolResult result = await mesh.RunAsync("ping", "left", "-c", "2", "-i", "0.02");

        Assert.Matches(new Regex(
            @"pong seq=1 time=\d+\.\d{3} ms\n(.*\n)*--- 127\.0\.0\.1:\d+ ping statistics ---\n"
            + @"2 sent, 2 received, 0% loss\nrtt min/avg/max/mdev = [\d.]+/[\d.]+/[\d.]+/[\d.]+ ms\n"), result.Output);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_its_statistics()
    {
        await using ToolRun run = ToolRun.Start(
            ["ping", mesh.Address("hub"), "-c", "0", "-i", "0.01", .. Mesh.Network("hub")]);
        while (!(await run.LineAsync()).StartsWith("pong seq=2 ", StringComparison.Ordinal))
        {
            // Other lines come before it.
        }

        ToolResult result = await run.InterruptAsync();

        Assert.Equal(0, result.Code);
        Assert.Contains(" 0% loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_there_ends_it_with_4()
    {
        ToolResult result = await ToolRun.RunAsync("ping", "127.0.0.1:1", "--json");

        Assert.Equal(4, result.Code);
        Assert.Equal("Refused", result.Json().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Another_network_ends_it_with_4()
    {
        ToolResult result = await ToolRun.RunAsync("ping", mesh.Address("hub"), "--network", "other");

        Assert.Equal(4, result.Code);
        Assert.Contains("WrongNetwork", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_encryption_is_not_met_with_it()
    {
        ToolResult result = await ToolRun.RunAsync("ping", mesh.Address("plain"), "--network", "local-mesh");

        Assert.Equal(4, result.Code);
        Assert.Contains("EncryptionFailed", result.Error, StringComparison.Ordinal);
    }
}
