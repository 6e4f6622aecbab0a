namespace ActorP2P.PeerBenchmarks.Tests;

public class PeerOptionsTests
{
    [Fact]
    public void Without_options_everything_is_measured()
    {
        PeerOptions options = PeerOptions.Parse([])!;

        Assert.Equal(PeerSystem.All, options.Systems);
        Assert.Equal(PeerMeasures.Names, options.Measures);
        Assert.Null(options.Directory);
    }

    [Fact]
    public void Options_narrow_the_run()
    {
        PeerOptions options = PeerOptions.Parse(
            ["--only", "grpc,raw", "--measure", "ask,idle", "--repetitions", "3", "--out", "figures"])!;

        Assert.Equal(["grpc", "raw"], options.Systems.Select(static system => system.Name));
        Assert.Equal(["ask", "idle"], options.Measures);
        Assert.Equal(3, options.Repetitions);
        Assert.Equal("figures", options.Directory);
    }

    [Theory]
    [InlineData("--only", "nobody")]
    [InlineData("--measure", "everything")]
    [InlineData("--repetitions", "0")]
    [InlineData("--out")]
    [InlineData("ask")]
    public void What_is_not_known_is_refused(params string[] arguments) => Assert.Null(PeerOptions.Parse(arguments));
}
