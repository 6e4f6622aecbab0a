using ActorP2P.Protocol;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Scenarios;

/// <summary>Broadcast handlers that run in the Broadcaster's turn.</summary>
public sealed class InlineBroadcastTests
{
    [Theory]
    [InlineData(Verdict.Accept, true)]
    [InlineData(Verdict.Ignore, false)]
    [InlineData(Verdict.Reject, false)]
    [InlineData(Verdict.Defer, false)]
    public void Its_verdict_decides_about_the_relay(Verdict verdict, bool isRelayed)
    {
        List<string> judged = [];
        List<string> reached = [];
        Line(
            (text, _) =>
            {
                judged.Add(text.Value);
                return verdict;
            },
            reached,
            async (first, _, mesh) =>
            {
                for (int i = 0; i < 100; i++)
                {
                    await first.BroadcastAsync(new Text($"{i}"));
                }

                await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            });

        string[] all = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];
        Assert.Equal(all, judged);
        Assert.Equal(isRelayed ? all : [], reached);
    }

    [Fact]
    public void Its_exception_is_reported_and_the_broadcast_ignored()
    {
        List<string> reached = [];
        Line(
            (text, _) => text.Value == "bad" ? throw new InvalidOperationException("broken") : Verdict.Accept,
            reached,
            async (first, judge, mesh) =>
            {
                using NodeEvents events = judge.Events();
                await first.BroadcastAsync(new Text("bad"));
                await first.BroadcastAsync(new Text("good"));
                await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

                HandlerFailed failed = await events.ReadAsync<HandlerFailed>();
                Assert.Equal("broken", failed.Exception.Message);
            });

        Assert.Equal(["good"], reached);
    }

    [Fact]
    public void It_may_broadcast_itself()
    {
        List<string> reached = [];
        Line(
            (text, context) =>
            {
                _ = context.Node.BroadcastAsync(new Text($"after {text.Value}"));
                return Verdict.Ignore;
            },
            reached,
            async (first, _, mesh) =>
            {
                await first.BroadcastAsync(new Text("one"));
                await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            });

        Assert.Equal(["after one"], reached);
    }

    [Fact]
    public void An_unknown_execution_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Line((_, _) => Verdict.Accept, [], (_, _, _) => Task.CompletedTask, (HandlerExecution)7));

    private static void Line(
        Func<Text, BroadcastContext, Verdict> handler, List<string> reached,
        Func<P2PNode, P2PNode, VirtualMesh, Task> scenario, HandlerExecution execution = HandlerExecution.Inline)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode judge = await mesh.StartAsync(
                "judge", protocol => protocol.OnBroadcast(handler, execution));
            await using P2PNode first = await mesh.StartAsync("first");
            await using P2PNode last = await mesh.StartAsync("last", protocol => protocol.OnBroadcast<Text>((text, _) =>
            {
                reached.Add(text.Value);
                return Verdict.Accept;
            }));
            using NodeEvents events = first.Events();
            await first.ConnectAsync(judge.ListenAddresses[0]);
            await last.ConnectAsync(judge.ListenAddresses[0]);
            await events.ReadAsync<PeerConnected>();
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            await scenario(first, judge, mesh);
        });
    }
}
