using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>A timeout of any length is a limit, means no limit, or is refused with the largest allowed value.</summary>
public sealed class LargeTimeoutTests
{
    private static readonly TimeSpan FiftyDays = TimeSpan.FromDays(50);

    /// <summary>The values that mean no limit.</summary>
    public static TheoryData<TimeSpan> Endless { get; } = [TimeSpan.MaxValue, Timeout.InfiniteTimeSpan];

    [Theory]
    [MemberData(nameof(Endless))]
    public void An_ask_without_a_limit_ends_at_the_latest_with_its_link(TimeSpan endless) =>
        Run(async (mesh, a, b, peer) =>
    {
        Task<Blob> open = a.AskAsync<Blob>(peer, new Blob([1]), new() { Timeout = endless });
        Task<Blob> optional = a.AskAsync<Blob>(peer, new Blob([2]), SendOptions.Default with { Timeout = endless });
        Assert.Equal("echo x", (await a.AskAsync<Text>(peer, new Text("x"), new() { Timeout = endless })).Value);
        await Task.Delay(TimeSpan.FromMinutes(50), mesh.World.TimeProvider);
        Assert.False(open.IsCompleted || optional.IsCompleted);

        await b.DisposeAsync();

        Assert.Equal(AskFailure.Disconnected, (await Assert.ThrowsAsync<AskException>(() => open)).Reason);
        Assert.Equal(AskFailure.Disconnected, (await Assert.ThrowsAsync<AskException>(() => optional)).Reason);
    });

    [Fact]
    public void An_ask_without_a_limit_ends_with_its_own_node() => Run(async (mesh, a, b, peer) =>
    {
        Task<Blob> open = a.AskAsync<Blob>(peer, new Blob([1]), new() { Timeout = TimeSpan.MaxValue });
        await a.DisposeAsync();
        await Assert.ThrowsAsync<AskException>(() => open);
    });

    [Fact]
    public void An_ask_with_the_longest_limit_is_answered() => Run(async (mesh, a, b, peer) =>
        Assert.Equal("echo x",
            (await a.AskAsync<Text>(peer, new Text("x"), new() { Timeout = WaitTime.Longest })).Value));

    [Fact]
    public void An_ask_of_a_handler_without_a_limit_is_answered() => Run(async (mesh, a, b, peer) =>
        Assert.Equal("a says: nested",
            (await a.AskAsync<Text>(peer, new Text("nested"), new() { Timeout = TimeSpan.MaxValue })).Value));

    [Fact]
    public void A_limit_beyond_the_longest_is_refused_with_it() => Run((mesh, a, b, peer) =>
    {
        foreach (TimeSpan timeout in (TimeSpan[])[FiftyDays, TimeSpan.Zero, TimeSpan.FromTicks(-1), TimeSpan.MinValue])
        {
            SendOptions options = new() { Timeout = timeout };
            AssertBound("Timeout",
                Assert.Throws<ArgumentOutOfRangeException>(
                    () => Started(a.AskAsync<Text>(peer, new Text("x"), options))));
            AssertBound("Timeout",
                Assert.Throws<ArgumentOutOfRangeException>(() => Started(a.TellAsync(peer, new Text("x"), options))));
        }

        SendOptions late = new() { Expiry = FiftyDays };
        Assert.Throws<ArgumentOutOfRangeException>(() => Started(a.AskAsync<Text>(peer, new Text("x"), late)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Started(a.TellAsync(peer, new Text("x"), late)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => a.TryTell(peer, new Text("x"), late with { Expiry = TimeSpan.MaxValue }));
        return Task.CompletedTask;
    });

    [Fact]
    public void Settings_beyond_the_longest_are_refused_with_it()
    {
        foreach (TimeSpan time in (TimeSpan[])[FiftyDays, TimeSpan.MaxValue, Timeout.InfiniteTimeSpan, TimeSpan.Zero])
        {
            AssertBound("RequestTimeout", Refused(new P2PNodeOptions { RequestTimeout = time }));
            AssertBound("SeenLifetime", Refused(new P2PNodeOptions { SeenLifetime = time }));
            AssertBound(
                "ConnectTimeout", Refused(new P2PNodeOptions { Dial = new DialSettings { ConnectTimeout = time } }));
            AssertBound(
                "DrainTimeout", Refused(new P2PNodeOptions { Session = new SessionSettings { DrainTimeout = time } }));
        }

        static ArgumentException Refused(P2PNodeOptions settings) =>
            Assert.ThrowsAny<ArgumentException>(() => settings.Validated());
    }

    private static void AssertBound(string name, ArgumentException refused)
    {
        Assert.Equal(name, refused.ParamName);
        Assert.Contains("allowed: more than zero, at most 30 days", refused.Message, StringComparison.Ordinal);
    }

    // A call that is refused at once throws before it returns a task.
    private static void Started(Task task) => _ = task;

    private static void Run(Func<VirtualMesh, P2PNode, P2PNode, Peer, Task> scenario)
    {
        VirtualMesh mesh = new();
        P2PNode? second = null;
        mesh.Run(async () =>
        {
            await using P2PNode b = await mesh.StartAsync("b", protocol => protocol
                .OnRequest<Text, Text>(async (request, context) => request.Value == "nested"
                    ? await second!.AskAsync<Text>(context.Peer, request, new() { Timeout = TimeSpan.MaxValue })
                    : new Text($"echo {request.Value}"))
                .OnRequest<Blob, Blob>((_, _) => new ValueTask<Blob>(new TaskCompletionSource<Blob>().Task)));
            second = b;
            await using P2PNode a = await mesh.StartAsync("a", protocol =>
                protocol.OnRequest<Text, Text>((request, _) => new Text($"a says: {request.Value}")));
            await scenario(mesh, a, b, await a.ConnectAsync(b.ListenAddresses[0]));
        });
    }
}
