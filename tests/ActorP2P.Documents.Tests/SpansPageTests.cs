using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>docs/observability.md lists the spans and their tags.</summary>
public sealed partial class SpansPageTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Each_span_and_each_tag_is_in_its_table()
    {
        using ActivitySource documents = new("SpansPage");
        ConcurrentQueue<Activity> spans = new();
        TaskCompletionSource handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ActivityTraceId trace = default;
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name is "ActorP2P" or "SpansPage",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                spans.Enqueue(span);
                if (spans.Count(ended => ended.TraceId == trace && ended.DisplayName.StartsWith("handle")) == 3)
                {
                    handled.TrySetResult();
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
            .UseJson(0x0101, Messages.Default.Say)
            .OnRequest<Say, Say>((_, _) => throw new InvalidTimeZoneException())
            .OnNotify<Say>((_, _) => { })
            .OnBroadcast<Say>((_, _) => Verdict.Accept));
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null }, protocol => protocol.UseJson(0x0101, Messages.Default.Say));
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]).WaitAsync(s_guard);
        using Activity caller = documents.StartActivity("caller")!;
        trace = caller.TraceId;

        await client.TellAsync(peer, new Say("a")).WaitAsync(s_guard);
        await client.BroadcastAsync(new Say("b")).WaitAsync(s_guard);
        await Assert.ThrowsAsync<AskException>(() => client.AskAsync<Say>(peer, new Say("c")).WaitAsync(s_guard));
        await handled.Task.WaitAsync(s_guard);

        Activity[] own = [.. spans.Where(span => span.TraceId == trace && span.DisplayName != "caller")];
        string page = Repository.Read("docs/observability.md").Split("## Traces")[1].Split("## Logs")[0];
        string[] rows = page.Split("<!-- spans -->")[1].Split("<!-- end of spans -->")[0].Split('\n');
        Assert.Equal(
            Verb().Matches(page.Split("<!-- end of spans -->")[0]).Select(verb => verb.Groups["verb"].Value).Order(),
            own.Select(span => span.DisplayName.Split(' ')[0]).Distinct().Order());
        Assert.All(own, span => Assert.Contains(
            rows, row => row.StartsWith($"| `{span.DisplayName.Split(' ')[0]} MESSAGE`", StringComparison.Ordinal)
                && row.Split('|')[2].Contains($"{span.Kind}", StringComparison.OrdinalIgnoreCase)));
        Assert.All(
            own.SelectMany(span => span.TagObjects).Select(tag => tag.Key).Distinct(),
            tag => Assert.Contains($"`{tag}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `(?<verb>\w+) MESSAGE`", RegexOptions.Multiline)]
    private static partial Regex Verb();

    internal sealed record Say(string Text);

    [System.Text.Json.Serialization.JsonSerializable(typeof(Say))]
    internal sealed partial class Messages : System.Text.Json.Serialization.JsonSerializerContext;
}
