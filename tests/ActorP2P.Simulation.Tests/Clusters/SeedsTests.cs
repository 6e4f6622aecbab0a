using System.Text.RegularExpressions;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// What a failure prints, and that it is enough to repeat the failure. These tests run alone because the environment
/// variables are shared.
/// </summary>
[Collection(nameof(SeedsTests))]
[CollectionDefinition(nameof(SeedsTests), DisableParallelization = true)]
public sealed partial class SeedsTests
{
    [Fact]
    public void The_seed_of_the_environment_is_the_one_that_runs() => With("84", () =>
    {
        Assert.Equal([84UL], Seeds.From(1, 1000));
        Assert.Equal(84UL, Cluster.Of(2).Seed);
        Assert.Equal(84UL, Cluster.Of(2).RunFor(TimeSpan.FromSeconds(1)).Seed);
        Assert.Equal(7UL, Cluster.Of(2).WithSeed(7).Seed);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Without_the_variable_all_seeds_run(string? variable) => With(variable, () =>
    {
        Assert.Equal([5UL, 6UL, 7UL], Seeds.From(5, 3));
        Assert.Equal(1UL, Cluster.Of(2).Seed);
    });

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("18446744073709551616")]
    public void A_text_that_is_not_a_seed_is_refused(string variable) => With(variable, static () =>
    {
        Assert.Throws<FormatException>(static () => Seeds.Asked);
        Assert.Throws<FormatException>(static () => Cluster.Of(2));
    });

    [Fact]
    public void The_line_that_a_failure_prints_repeats_it()
    {
        ScenarioFailedException? first = With(null, FirstFailure);
        Match replay = ReplayLine().Match(first!.Message);

        ScenarioFailedException? again = With(replay.Groups["seed"].Value, FirstFailure);

        Assert.Equal(nameof(The_line_that_a_failure_prints_repeats_it), replay.Groups["test"].Value);
        Assert.Equal(first.Message, again?.Message);

        static ScenarioFailedException? FirstFailure() => Seeds.From(1, 200)
            .Select(
                static seed => Failure(RandomFaults.Of(seed, nameof(The_line_that_a_failure_prints_repeats_it))
                    .CheckedBy(new NoLateReset())))
            .FirstOrDefault(static failure => failure is not null);
    }

    [Fact]
    public void A_failure_reports_checker_time_and_last_events()
    {
        ScenarioFailedException failure = Failure(Cluster.Of(["a", "b", "c"]).WithSeed(5)
            .At(TimeSpan.FromSeconds(30), faults => faults.Reset("a", "b"))
            .CheckedBy(new NoLateReset()))!;
        string[] lines = failure.Message.Split(Environment.NewLine);

        Assert.Equal(
            (nameof(NoLateReset), 5UL, TimeSpan.FromSeconds(30)), (failure.Checker, failure.Seed, failure.VirtualTime));
        Assert.Equal("NoLateReset: b and a were cut.", lines[0]);
        Assert.Equal("  seed 5, virtual time 00:00:30", lines[1]);
        Assert.Equal(
            "  replay: ACTORP2P_SEED=5 dotnet test --filter "
            + $"\"FullyQualifiedName~{nameof(A_failure_reports_checker_time_and_last_events)}\"",
            lines[2]);
        int ofB = Array.IndexOf(lines, "  last events of b:");
        Assert.Equal("  last events of a:", lines[3]);
        Assert.DoesNotContain(lines, static line => line.Contains("of c", StringComparison.Ordinal));
        foreach (string[] events in (string[][])[lines[4..ofB], lines[(ofB + 1)..^1]])
        {
            TimeSpan[] times = [.. events.Select(static line => TimeSpan.Parse(line.TrimStart().Split(' ')[0]))];
            Assert.Equal(times.Order(), times);
            Assert.Contains(events, static line => line.Contains("Hello", StringComparison.Ordinal));
            Assert.Contains(events, static line => line.Contains(nameof(PeerConnected), StringComparison.Ordinal));
            Assert.StartsWith("    00:00:30  Reset #", events[^1], StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"ACTORP2P_SEED=(?<seed>\d+) dotnet test --filter ""FullyQualifiedName~(?<test>\w+)""")]
    private static partial Regex ReplayLine();

    private static ScenarioFailedException? Failure(Cluster cluster)
    {
        try
        {
            cluster.RunFor(TimeSpan.FromSeconds(40));
            return null;
        }
        catch (ScenarioFailedException failure)
        {
            return failure;
        }
    }

    private static void With(string? seed, Action action) => With(seed, () =>
    {
        action();
        return true;
    });

    private static T With<T>(string? seed, Func<T> action)
    {
        string? outer = Environment.GetEnvironmentVariable(Seeds.Variable);
        Environment.SetEnvironmentVariable(Seeds.Variable, seed);
        try
        {
            return action();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Seeds.Variable, outer);
        }
    }

    /// <summary>
    /// Fails when the network cuts a connection in the last third of a run, which happens with some seeds only.
    /// </summary>
    private sealed class NoLateReset : Checker
    {
        protected override void OnNetwork(in NetworkEvent happened)
        {
            if (happened is { Kind: NetworkEventKind.Reset, Detail: "cut by the network" }
                && happened.At > TimeSpan.FromSeconds(28))
            {
                Fail($"{happened.Source} and {happened.Destination} were cut.", happened.Source, happened.Destination);
            }
        }
    }
}
