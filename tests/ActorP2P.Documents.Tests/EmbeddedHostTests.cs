using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ActorP2P.Protocol;

namespace ActorP2P.Documents.Tests;

/// <summary>The sample EmbeddedHost as a process: what it answers over HTTP while peers come and go.</summary>
public sealed partial class EmbeddedHostTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Health_and_metrics_follow_the_peers_that_come_and_go()
    {
        using SampleProcess host = SampleProcess.WhereBuilt("EmbeddedHost");
        PeerAddress lobby = PeerAddress.Parse(await host.ExpectAsync("lobby: "));
        PeerAddress league = PeerAddress.Parse(await host.ExpectAsync("league: "));
        string url = await host.ExpectAsync("http: ");
        using HttpClient http = new();
        Assert.Equal("Degraded", await http.GetStringAsync(new Uri($"{url}/health")));
        TaskCompletionSource<Played> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode follower = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "league", Listen = null },
            protocol => protocol.UseJson(0x0201, Wire.Default.Played).OnBroadcast<Played>((played, _) =>
            {
                heard.TrySetResult(played);
                return Verdict.Accept;
            }));
        await follower.ConnectAsync(league).WaitAsync(s_guard);
        await UntilAsync(http, $"{url}/metrics", """_connection_count\{.*"inbound",.*"league"\} 1""");

        P2PNode player = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "chess", Listen = null },
            protocol => protocol.UseJson(0x0101, Wire.Default.Move).UseJson(0x0102, Wire.Default.Position));
        using NodeEvents events = player.Events();
        Position position = await player.AskAsync<Position>(lobby, new Move("e4")).WaitAsync(s_guard);
        await UntilAsync(http, $"{url}/health", "^Healthy$");
        await UntilAsync(http, $"{url}/metrics", """_connection_count\{.*"inbound",.*"lobby"\} 1""");
        await UntilAsync(http, $"{url}/metrics", """_handler_duration_seconds_count\{.*"lobby".*\} 1""");
        await player.DisposeAsync();
        await UntilAsync(http, $"{url}/health", "^Degraded$");
        await UntilAsync(http, $"{url}/metrics", """_connection_count\{.*"inbound",.*"lobby"\} 0""");

        Assert.Equal(new Position("after e4", 1), position);
        Assert.Equal(new Played("e4", 1), await heard.Task.WaitAsync(s_guard));
        using NodeEvents ends = follower.Events();
        await host.TerminateAsync();
        PeerDisconnected end = await ends.ReadAsync<PeerDisconnected>().AsTask().WaitAsync(s_guard);
        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.End.Reason, end.End.Side));
    }

    [Fact]
    public void It_has_at_most_150_lines_of_its_own() => Assert.InRange(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples/EmbeddedHost"), "*.cs")
            .Sum(file => File.ReadAllLines(file).Length),
        1, 150);

    /// <summary>
    /// Asks again and again until the answer has what is expected: a process tells no one when it changes.
    /// </summary>
    private static async Task UntilAsync(HttpClient http, string url, string expected)
    {
        using CancellationTokenSource guard = new(s_guard);
        string answer = "";
        while (!Regex.IsMatch(answer, expected, RegexOptions.Multiline))
        {
            Assert.False(guard.IsCancellationRequested, $"No answer of {url} had {expected}. The last was: {answer}");
            answer = await http.GetStringAsync(new Uri(url), CancellationToken.None);
        }
    }

    private sealed record Move(string Text);

    private sealed record Position(string Text, int Number);

    private sealed record Played(string Move, int Number);

    [JsonSerializable(typeof(Move))]
    [JsonSerializable(typeof(Position))]
    [JsonSerializable(typeof(Played))]
    private sealed partial class Wire : JsonSerializerContext;
}
