namespace ActorP2P.Benchmarks.Tests;

public class ComparisonTests
{
    private const string Rate = "oneway-1KiB-MB/s";
    private const string Time = "ask-32B-p50-us";
    private const string Bytes = "oneway-1KiB-sender-alloc-B/msg";

    [Fact]
    public void A_figure_equals_itself() =>
        Assert.Equal(Change.Same, Compare(Samples.Figure(Rate, 1, 1, 1, 1, 1), Samples.Figure(Rate, 1, 1, 1, 1, 1)));

    [Theory]
    [InlineData(Rate, true)]
    [InlineData("scale-x8-of-x1-share", true)]
    [InlineData(Time, false)]
    [InlineData(Bytes, false)]
    public void Less_is_worse_for_rates_and_better_for_times(string name, bool lessIsWorse)
    {
        Figure much = Samples.Figure(name, 98, 99, 100, 101, 102);
        Figure little = Samples.Figure(name, 58, 59, 60, 61, 62);

        Assert.Equal(lessIsWorse ? Change.Worse : Change.Better, Compare(much, little));
        Assert.Equal(lessIsWorse ? Change.Better : Change.Worse, Compare(little, much));
    }

    [Fact]
    public void Ranges_that_touch_are_noise() =>
        Assert.Equal(Change.Same,
            Compare(Samples.Figure(Rate, 98, 99, 100, 101, 102), Samples.Figure(Rate, 60, 60, 60, 60, 98)));

    [Fact]
    public void Less_than_a_tenth_is_noise_however_narrow_the_ranges()
    {
        Figure before = Samples.Figure(Rate, 100, 100, 100, 100, 100);

        Assert.Equal(Change.Same, Compare(before, Samples.Figure(Rate, 91, 91, 91, 91, 91)));
        Assert.Equal(Change.Worse, Compare(before, Samples.Figure(Rate, 89, 89, 89, 89, 89)));
    }

    [Fact]
    public void Medians_must_be_further_apart_than_the_ranges_are_wide()
    {
        Figure before = Samples.Figure(Rate, 90, 99, 100, 101, 110);

        Assert.Equal(Change.Same, Compare(before, Samples.Figure(Rate, 68, 77, 78, 79, 88)));
        Assert.Equal(Change.Worse, Compare(before, Samples.Figure(Rate, 60, 69, 70, 71, 80)));
    }

    [Fact]
    public void Few_samples_need_a_wider_gap_and_two_are_not_compared()
    {
        Figure before = Samples.Figure(Rate, 95, 100, 105);

        Assert.Equal(Change.Same, Compare(before, Samples.Figure(Rate, 70, 75, 80)));
        Assert.Equal(Change.Worse, Compare(before, Samples.Figure(Rate, 60, 65, 70)));
        Assert.Equal(Change.Unsure, Compare(before, Samples.Figure(Rate, 10, 10)));
    }

    [Fact]
    public void Rates_are_compared_by_their_ratio()
    {
        Figure before = new(Rate, [100, 100, 100, 100, 100], [200, 200, 200, 200, 200]);
        Figure halfAsFastMachine = new(Rate, [50, 50, 50, 50, 50], [100, 100, 100, 100, 100]);

        Assert.Equal(Change.Same, Compare(before, halfAsFastMachine));
    }

    [Fact]
    public void Values_are_compared_where_only_one_run_has_a_ratio()
    {
        Figure before = new("start-warm-ms", [4, 4, 4, 4, 4], [2, 2, 2, 2, 2]);
        Figure withoutBaseline = new("start-warm-ms", [4, 4, 4, 4, 4], [0, 0, 0, 0, 0]);

        Assert.Equal(Change.Same, Compare(before, withoutBaseline));
    }

    [Fact]
    public void Bytes_are_compared_as_they_are_and_less_than_one_is_noise()
    {
        Figure before = new(Bytes, [100, 100, 100, 100, 100], [10, 10, 10, 10, 10]);
        Figure sameRatio = new(Bytes, [200, 200, 200, 200, 200], [20, 20, 20, 20, 20]);

        Assert.Equal(Change.Worse, Compare(before, sameRatio));
        Assert.Equal(
            Change.Same, Compare(Samples.Figure(Bytes, 0, 0, 0, 0, 0), Samples.Figure(Bytes, 0.9, 0.9, 0.9, 0.9, 0.9)));
    }

    [Fact]
    public void For_another_machine_only_bytes_are_compared()
    {
        Figure rate = Samples.Figure(Rate, 100, 100, 100, 100, 100);
        Figure bytes = Samples.Figure(Bytes, 100, 100, 100, 100, 100);

        Assert.Equal(
            Change.Unsure, new Comparison(rate, Samples.Figure(Rate, 10, 10, 10, 10, 10), sameMachine: false).Change);
        Assert.Equal(
            Change.Better, new Comparison(bytes, Samples.Figure(Bytes, 10, 10, 10, 10, 10), sameMachine: false).Change);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.08)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Runs_of_the_same_code_differ_in_few_figures(double scatter)
    {
        const int Figures = 20_000;
        Random random = new(1);
        int changed = Enumerable.Range(0, Figures).Count(
            _ => Compare(Drawn(random, scatter, 1), Drawn(random, scatter, 1)) != Change.Same);

        Assert.InRange(changed, 0, Figures * 4 / 1000);
    }

    [Theory]
    [InlineData(0.03, 0.8)]
    [InlineData(0.08, 0.6)]
    public void A_real_loss_is_noticed_in_nine_of_ten(double scatter, double rest)
    {
        const int Figures = 2_000;
        Random random = new(1);
        int noticed = Enumerable.Range(0, Figures).Count(
            _ => Compare(Drawn(random, scatter, 1), Drawn(random, scatter, rest)) == Change.Worse);

        Assert.InRange(noticed, Figures * 9 / 10, Figures);
    }

    private static Change Compare(Figure before, Figure now) => new Comparison(before, now, sameMachine: true).Change;

    // A log-normal distribution has no sample below zero and has outliers upwards, as times and rates do.
    private static Figure Drawn(Random random, double scatter, double scale) => Samples.Figure(
        Rate, [.. Enumerable.Range(0, 5).Select(_ => scale * Math.Exp(scatter * Normal(random)))]);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
