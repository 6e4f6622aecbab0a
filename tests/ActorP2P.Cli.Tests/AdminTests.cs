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
        ToolResult result = await mesh.RunAsync(
            "ask", "hub", "-t", "fe01", "--reply", "fe02", "--text", "{}", "--json");

        Assert.Equal(1, result.Code);
        Assert.Equal("NotAllowed", result.Json().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Ask_logs_in_with_a_cookie()
    {
        ToolResult result = await mesh.AdminAsync("ask", "hub", "-t", "fe01", "--reply", "fe02", "--text", "{}");
        ToolResult wrong = await mesh.RunAsync(
            "ask", "hub", "-t", "fe01", "--reply", "fe02", "--text", "{}", "--cookie", mesh.Cookie("left"), "--json");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal("hub", JsonDocument.Parse(result.Output).RootElement.GetProperty("node").GetString());
        Assert.Equal("WrongCookie", wrong.Json().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_ban_for_longer_than_there_is_time_is_refused()
    {
        ToolResult result = await mesh.AdminAsync(
            "ask", "hub", "-t", "fe03", "--reply", "fe04", "--object",
            """{"action":"ban","target":"192.0.2.1","seconds":1e300}""");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.NotEqual(
            JsonValueKind.Null, JsonDocument.Parse(result.Output).RootElement.GetProperty("problem").ValueKind);
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

    [Fact]
    public async Task A_node_is_banned_and_the_ban_is_lifted()
    {
        string key = Path.Combine(mesh.Folder, "banned.key");
        string id = (await ToolRun.RunAsync("keygen", key)).Output.Trim();
        await using ToolRun listener = ToolRun.Start(
            ["listen", mesh.Address("left"), "--identity", key, "--json", "--connections", .. Mesh.Network("left")]);
        await listener.JsonAsync();

        ToolResult banned = await mesh.AdminAsync("ban", "left", id[..8], "--for", "1h", "--reason", "too loud");
        ToolResult list = await mesh.AdminAsync("bans", "left", "--json");
        ToolResult refused = await mesh.RunAsync("ping", "left", "--identity", key, "-c", "1");
        ToolResult lifted = await mesh.AdminAsync("unban", "left", id[..8]);
        ToolResult again = await mesh.RunAsync("ping", "left", "--identity", key, "-c", "1", "-i", "0.02");
        ToolResult end = await listener.InterruptAsync();

        Assert.Equal(0, banned.Code);
        Assert.StartsWith($"banned {id} until ", banned.Output, StringComparison.Ordinal);
        Assert.Equal("too loud", list.Json().GetProperty("reason").GetString());
        Assert.Equal(4, refused.Code);
        Assert.Contains("Banned", refused.Error, StringComparison.Ordinal);
        Assert.Equal((0, $"no longer banned {id}"), (lifted.Code, lifted.Output.Trim()));
        Assert.Equal(0, again.Code);
        Assert.Contains("\"end\":\"Banned\"", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_is_banned_as_it_is_written()
    {
        ToolResult banned = await mesh.AdminAsync("ban", "right", "192.0.2.0/24", "--json");
        ToolResult list = await mesh.AdminAsync("bans", "right");
        ToolResult lifted = await mesh.AdminAsync("unban", "right", "192.0.2.0/24");
        ToolResult nobody = await mesh.AdminAsync("unban", "right", "192.0.2.0/24");

        Assert.Equal((0, 0, 1), (banned.Code, lifted.Code, nobody.Code));
        Assert.StartsWith("target        until", list.Output, StringComparison.Ordinal);
        Assert.Contains("192.0.2.0/24  2", list.Output, StringComparison.Ordinal);
        Assert.Contains("There is no ban of 192.0.2.0/24.", nobody.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ban", "127.0.0.1", "cannot be banned")]
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
