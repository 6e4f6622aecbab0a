using System.Text;
using System.Text.Json;

namespace ActorP2P.Cli.Tests;

/// <summary>The commands ask, tell, broadcast and listen.</summary>
public sealed class MessageTests(Mesh mesh) : IClassFixture<Mesh>
{
    [Theory]
    [InlineData("hub", "--text", "höllo", "höllo")]
    [InlineData("plain", "--hex", "68 65 6c6C6f", "hello")]
    [InlineData("hub", "--hex", "00ff1b", "hex 00ff1b")]
    [InlineData("hub", "--object", "{ \"height\": 7 }", "{\"height\":7}")]
    [InlineData("hub", "--file", "-", "from the input")]
    public async Task Ask_prints_the_answer(string node, string form, string value, string answer)
    {
        ToolResult result = await ToolRun.RunAsync(
            80, Encoding.UTF8.GetBytes("from the input"),
            ["ask", mesh.Address(node), "-t", "0101", form, value, .. Mesh.Network(node)]);

        Assert.Equal((0, answer, ""), (result.Code, result.Output.Trim(), result.Error));
    }

    [Fact]
    public async Task Ask_in_JSON_has_the_bytes()
    {
        string file = Path.Combine(mesh.Folder, "request.bin");
        byte[] sent = [.. Enumerable.Range(0, 100_000).Select(static number => (byte)(number * 7))];
        await File.WriteAllBytesAsync(file, sent);

        ToolResult result = await mesh.RunAsync("ask", "hub", "-t", "0x0101", "--file", file, "--json");

        JsonElement answer = result.Json();
        Assert.Equal("0101", answer.GetProperty("type").GetString());
        Assert.Equal(sent, Convert.FromHexString(answer.GetProperty("hex").GetString()!));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("text").ValueKind);
    }

    [Fact]
    public async Task Ask_reads_the_answer_of_a_named_service()
    {
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions(), static protocol => protocol
            .UseCodec(new Messages.RawCodec(0x2001))
            .Service(0x20, "chess/1", static chess => chess
                .OnRequest<Messages.RawBody, Messages.RawBody>(static (body, _) => body)));

        ToolResult result = await ToolRun.RunAsync("ask", $"{node.ListenAddresses[0]}", "-t", "2001", "--text", "e4");

        Assert.Equal((0, "e4"), (result.Code, result.Output.Trim()));
    }

    [Fact]
    public async Task An_ask_that_is_refused_ends_with_1()
    {
        ToolResult result = await mesh.RunAsync("ask", "hub", "-t", "0102", "--text", "hello", "--json");

        Assert.Equal(1, result.Code);
        Assert.Equal("UnknownType", result.Json().GetProperty("reason").GetString());
        Assert.StartsWith("The ask failed: PeerError (UnknownType", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broadcast_reaches_a_listener_over_the_mesh()
    {
        await using ToolRun listener = ToolRun.Start(
            ["listen", mesh.Address("left"), "--json", "-c", "1", .. Mesh.Network("left")]);
        Assert.Equal(
            ["0201", "0202"],
            (await listener.JsonAsync()).GetProperty("types").EnumerateArray().Select(static type => type.GetString()));
        await listener.JsonAsync();

        // The nodes on the way learn of their peers a little later than the commands do.
        ToolResult sent = await mesh.RunAsync("broadcast", "right", "-t", "0201", "--text", "news");
        while (!listener.Ended.IsCompleted)
        {
            sent = await mesh.RunAsync("broadcast", "right", "-t", "0201", "--text", "news");
        }

        Assert.Equal(0, sent.Code);
        JsonElement seen = (await listener.EndAsync()).Json(2);
        Assert.Equal("broadcast", seen.GetProperty("kind").GetString());
        Assert.Equal("0201", seen.GetProperty("type").GetString());
        Assert.Equal("news", seen.GetProperty("text").GetString());

        // From the command to right, hub, left and the listener.
        Assert.Equal(4, seen.GetProperty("hops").GetInt32());
    }

    [Fact]
    public async Task A_broadcast_that_the_node_does_not_want_ends_with_1()
    {
        ToolResult result = await mesh.RunAsync("broadcast", "hub", "-t", "0301", "--text", "news");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("wants no broadcasts of the type 0301. It wants: 0201 0202.", result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_and_signed_broadcasts_reach_a_listener()
    {
        await using ToolRun listener = ToolRun.Start(
            "listen", "--listen", "127.0.0.1:0", "-t", "0101,0200-020f", "--signed", "--json");
        string address = (await listener.JsonAsync()).GetProperty("listening")[0].GetString()!;
        string key = Path.Combine(mesh.Folder, "author.key");

        ToolResult told = await ToolRun.RunAsync("tell", address, "-t", "0101", "--text", "a\u001b[31mb");
        ToolResult sent = await ToolRun.RunAsync(
            "broadcast", address, "-t", "0207", "--text", "signed", "--signed", "--identity", key);
        JsonElement tell = await listener.JsonAsync();
        JsonElement broadcast = await listener.JsonAsync();
        ToolResult end = await listener.InterruptAsync();

        Assert.Equal((0, 0, 0), (told.Code, sent.Code, end.Code));
        Assert.Equal("tell", tell.GetProperty("kind").GetString());
        Assert.Equal("611b5b33316d62", tell.GetProperty("hex").GetString());
        Assert.Equal("signed", broadcast.GetProperty("text").GetString());
        Assert.Equal(
            (await ToolRun.RunAsync("id", key)).Output.Trim(), broadcast.GetProperty("author").GetString());
    }

    [Fact]
    public async Task A_listener_prints_no_control_characters_of_others()
    {
        await using ToolRun listener = ToolRun.Start(
            "listen", "--listen", "127.0.0.1:0", "-t", "0101", "--connections");
        string address = (await listener.LineAsync()).Split(' ')[^1];
        await ToolRun.RunAsync("tell", address, "-t", "0101", "--text", "a\u001b[31mb");
        while (!(await listener.LineAsync()).Contains("disconnected", StringComparison.Ordinal))
        {
            // The connection and the message come first.
        }

        ToolResult end = await listener.InterruptAsync();

        Assert.DoesNotContain('\u001b', end.Output);
        Assert.Matches(@"tell 0101 \w{8}@127\.0\.0\.1:\d+: hex 611b5b33316d62\n", end.Output);
        Assert.Matches(@" connected \w{8}@", end.Output);
        Assert.Matches(@" disconnected .*: Remote: ShuttingDown|ApplicationClosed", end.Output);
    }
}
