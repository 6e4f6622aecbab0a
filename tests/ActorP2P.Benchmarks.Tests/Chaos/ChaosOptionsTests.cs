namespace ActorP2P.Benchmarks.Tests.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Minutes_seed_and_bug_are_read()
    {
        ChaosOptions options = ChaosOptions.Parse(["--minutes", "15", "--seed", "7", "--plant", "lost-response"])!;

        Assert.Equal(TimeSpan.FromMinutes(15), options.Duration);
        Assert.Equal((7, PlantedBug.LostResponse), (options.Seed, options.Bug));
        Assert.Equal(Enum.GetValues<ChaosFault>(), options.Kinds);
    }

    [Theory]
    [InlineData("40", 1)]
    [InlineData("900", 7)]
    public void Each_kind_must_happen_once_in_two_minutes(string seconds, int least) =>
        Assert.Equal(least, ChaosOptions.Parse(["--seconds", seconds])!.Least);

    [Theory]
    [InlineData]
    [InlineData("--minutes")]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "x")]
    [InlineData("--minutes", "1", "--plant", "nothing")]
    [InlineData("--minutes", "1", "--only", "earthquake")]
    public void Invalid_arguments_are_refused(params string[] arguments) => Assert.Null(ChaosOptions.Parse(arguments));

    [Fact]
    public void A_kind_that_happens_too_seldom_is_missed()
    {
        FaultTally tally = new();
        tally.Count(ChaosFault.Kill);
        tally.Count(ChaosFault.Kill);
        tally.Count(ChaosFault.Dns);

        string missing = Assert.Single(tally.Missing([ChaosFault.Kill, ChaosFault.Dns], least: 2));
        Assert.Contains("Dns happened 1 times", missing, StringComparison.Ordinal);
    }
}
