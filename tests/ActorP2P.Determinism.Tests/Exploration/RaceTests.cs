using ActorP2P.Determinism.Tests.Races;
using Xunit.Abstractions;

namespace ActorP2P.Determinism.Tests;

/// <summary>Each of the known races is found, and its smallest run is small.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int MostMessages = 12;

    public static TheoryData<string> Races =>
    [
        .. typeof(Race).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Race)))
            .Select(static type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(Races))]
    public void A_known_race_is_found_and_made_small(string name)
    {
        Race race = (Race)Activator.CreateInstance(typeof(Race).Assembly.GetType($"{typeof(Race).Namespace}.{name}")!)!;

        ExploreOptions options = race.Options with { Schedules = 1_000, ReportFolder = "" };
        ExplorationReport report = Explore.Find(options, race.Play, name);

        output.WriteLine(report.ToString());
        ExplorationFailure failure = Assert.Single(report.Failures);
        Assert.Contains(race.Claimed, failure.Cause, StringComparison.Ordinal);
        Assert.True(failure.Repeats);
        Assert.InRange(failure.Schedule, 1, 1_000);
        Assert.InRange(failure.Diagram.Messages.Count, 1, MostMessages);

        ExplorationReport again = Explore.Find(options with { Replay = failure.Replay }, race.Play, name);
        Assert.Equal(failure.Cause, Assert.Single(again.Failures).Cause);
        Assert.Equal(failure.Diagram.ToText(), again.Failures[0].Diagram.ToText());
    }
}
