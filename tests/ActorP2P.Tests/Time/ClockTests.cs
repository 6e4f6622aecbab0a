namespace ActorP2P.Tests.Time;

public sealed class ClockTests
{
    public static TheoryData<long> Steps { get; } = new(
        TimeSpan.FromDays(-36_500).Ticks,
        TimeSpan.FromHours(-25).Ticks,
        TimeSpan.FromHours(1).Ticks,
        TimeSpan.FromDays(365_000).Ticks);

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_clock_that_is_set_changes_nothing(long step)
    {
        List<string> undisturbed = Play(TimeSpan.Zero, TimeZoneInfo.Utc);
        Assert.Equal(undisturbed, Play(TimeSpan.FromTicks(step), TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData(-12)]
    [InlineData(14)]
    public void A_time_zone_changes_nothing(int hours)
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("there", TimeSpan.FromHours(hours), "there", "there");
        Assert.Equal(Play(TimeSpan.Zero, TimeZoneInfo.Utc), Play(TimeSpan.Zero, zone));
    }

    /// <summary>
    /// Asks, lets an ask time out, stays silent for longer than the ping interval, and connects again; returns what
    /// happened at which time.
    /// </summary>
    private static List<string> Play(TimeSpan step, TimeZoneInfo zone)
    {
        VirtualMesh mesh = new();
        List<string> story = [];
        mesh.Run(async () =>
        {
            SteppedClock clock = null!;
            await using P2PNode server = await mesh.StartAsync("server", protocol => protocol
                .OnRequest<Text, Text>(async (request, context) =>
                {
                    await Task.Delay(TimeSpan.FromMinutes(request.Value == "late" ? 1 : 0), mesh.World.TimeProvider);
                    return request;
                }));
            await using P2PNode node = await mesh.StartAsync(
                "node", wrapTime: time => clock = new SteppedClock(time, zone));
            Peer peer = await node.ConnectAsync(server.ListenAddresses[0]);
            story.Add($"{mesh.World.Now} {(await node.AskAsync<Text>(peer, new Text("first"))).Value}");

            clock.SetTo = clock.GetUtcNow() + step;
            AskException late = await Assert.ThrowsAsync<AskException>(
                () => node.AskAsync<Text>(peer, new Text("late")));
            story.Add($"{mesh.World.Now} {late.Reason}");
            await Task.Delay(TimeSpan.FromMinutes(5), mesh.World.TimeProvider);
            story.Add($"{mesh.World.Now} {(await node.AskAsync<Text>(peer, new Text("second"))).Value}");

            using NodeEvents events = node.Events();
            _ = node.DisconnectAsync(peer);
            await events.ReadAsync<PeerDisconnected>();
            Peer again = await node.ConnectAsync(server.ListenAddresses[0]);
            story.Add($"{mesh.World.Now} {(await node.AskAsync<Text>(again, new Text("third"))).Value}");
        });
        return story;
    }
}
