namespace ActorP2P.Benchmarks.Tests;

public class RunOptionsTests
{
    [Fact]
    public void Sets_names_and_options_are_distinguished()
    {
        RunOptions options = RunOptions.Parse(
            ["ratios", "ask", "--repetitions", "3", "--json", "connect", "--out", "dir"])!;

        Assert.Equal("ratios", options.Set);
        Assert.Equal(["ask", "connect"], options.Words);
        Assert.Equal(3, options.Repetitions);
        Assert.True(options.Json);
        Assert.Equal("dir", options.Directory);
    }

    [Theory]
    [InlineData]
    [InlineData("--jsn")]
    [InlineData("--out")]
    [InlineData("all", "--repetitions", "0")]
    [InlineData("all", "--repetitions", "many")]
    public void Invalid_options_are_refused(params string[] arguments) =>
        Assert.Null(RunOptions.Parse(arguments));

    [Fact]
    public void Names_of_measures_select_from_the_set()
    {
        IReadOnlyList<Measure> ratios = RunOptions.Parse(["ratios", "oneway"])!.Choose(null!);
        IReadOnlyList<Measure> all = RunOptions.Parse(["ask-32B"])!.Choose(null!);

        Assert.NotEmpty(ratios);
        Assert.All(ratios, measure => Assert.StartsWith("oneway", measure.Names[0], StringComparison.Ordinal));
        Assert.IsType<SequentialAskMeasure>(Assert.Single(all));
        Assert.Empty(RunOptions.Parse(["ratios", "nothing"])!.Choose(null!));
    }

    [Fact]
    public void Every_aim_is_of_a_figure_that_is_measured()
    {
        string[] names = [.. MeasureList.All(null!).SelectMany(measure => measure.Names)];

        Assert.Equal(names.Length, names.Distinct().Count());

        // The number of idle peers depends on how many files the system lets a process open.
        Assert.Empty(Aim.Names.Where(aim => !aim.StartsWith("idle-x9000", StringComparison.Ordinal)).Except(names));
    }
}
