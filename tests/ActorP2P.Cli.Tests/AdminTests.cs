using System.Text.Json;

namespace ActorP2P.Cli.Tests;

/// <summary>The commands that log in to a node: peers, top, connect and disconnect.</summary>
public sealed class AdminTests(Mesh mesh) : IClassFixture<Mesh>
{
    [Theory]
    [InlineData("hub")]
    [InlineData("plain")]
    public async Task Peers_are_listed_for_those_who_have_the_cookie(string node)
    {
        ToolResult result = await mesh.AdminAsync("peers", node, "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(node == "hub" ? 2 : 0, result.Lines.Length);
        Assert.All(Enumerable.Range(0, result.Lines.Length), line =>
        {
            JsonElement peer = result.Json(line);
            Assert.True(peer.GetProperty("isProven").GetBoolean());
            Assert.False(peer.GetProperty("isOutbound").GetBoolean());
            Assert.Contains(
                peer.GetProperty("id").GetString()!, mesh.Address("left") + mesh.Address("right"),
                StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Without_a_cookie_nothing_is_shown()
    {
        ToolResult none = await mesh.RunAsync("peers", "hub");
        ToolResult wrong = await mesh.RunAsync("peers", "hub", "--cookie", mesh.Cookie("left"), "--json");

        Assert.Equal((2, ""), (none.Code, none.Output));
        Assert.Equal(1, wrong.Code);
        Assert.Equal("WrongCookie", wrong.Json().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_service_refuses_peers_that_have_not_logged_in()
    {
        ToolResult result = await mesh.RunAsync("ask", "hub", "-t", "fe01", "--reply", "fe02", "--text", "{}", "--json");

        Assert.Equal(1, result.Code);
        Assert.Equal("NotAllowed", result.Json().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_peer_is_disconnected_and_connected_again()
    {
        string right = mesh.Address("right");
        JsonElement peer = (await mesh.AdminAsync("peers", "right", "--json")).Json();

        ToolResult gone = await mesh.AdminAsync(
            "disconnect", "right", peer.GetProperty("id").GetString()![..8]);
        ToolResult nobody = await mesh.AdminAsync("peers", "right", "--json");
        ToolResult back = await mesh.AdminAsync("connect", "right", mesh.Address("hub"), "--json");

        Assert.Equal(0, gone.Code);
        Assert.StartsWith($"disconnected {mesh.Address("hub")["p2p://".Length..][..8]}@", gone.Output,
            StringComparison.Ordinal);
        Assert.Empty(nobody.Lines);
        Assert.Equal(0, back.Code);
        Assert.Single(back.Json().GetProperty("done").EnumerateArray());
        Assert.NotEmpty(right);
    }

    [Theory]
    [InlineData("disconnect", "xyz", "No peer has the number")]
    [InlineData("connect", "127.0.0.1:1", "Refused")]
    [InlineData("connect", "nowhere", "is no address")]
    public async Task An_order_that_cannot_be_done_ends_with_1(string command, string target, string said)
    {
        ToolResult result = await mesh.AdminAsync(command, "hub", target);

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(20)]
    public async Task Top_is_as_narrow_as_its_console(int width)
    {
        ToolResult result = await ToolRun.RunAsync(
            width, [],
            ["top", mesh.Address("hub"), "-c", "2", "-i", "0.05", "--cookie", mesh.Cookie("hub"),
                .. Mesh.Network("hub")]);

        Assert.Equal(0, result.Code);
        Assert.All(result.Lines, line => Assert.True(line.Length <= width, line));
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.Equal(2, result.Lines.Count(static line => line.StartsWith("hub ", StringComparison.Ordinal)));
        Assert.Contains("#  peer", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_in_JSON_has_lanes_and_reasons()
    {
        await mesh.RunAsync("ping", "hub", "-c", "1", "-i", "0.01");

        JsonElement report = (await mesh.AdminAsync("top", "hub", "-c", "1", "--json")).Json();

        JsonElement peer = report.GetProperty("peers")[0];
        Assert.All(
            (string[])["queuedHigh", "queuedNormal", "queuedBulk", "bytesIn", "bytesOut", "droppedBroadcasts"],
            name => Assert.True(peer.GetProperty(name).GetInt64() >= 0));
        JsonElement reason = Assert.Single(
            report.GetProperty("reasons").EnumerateArray(),
            static reason => reason.GetProperty("reason").GetString() == "ShuttingDown");
        Assert.Equal("Remote", reason.GetProperty("side").GetString());
        Assert.True(reason.GetProperty("count").GetInt64() > 0);
    }
}
