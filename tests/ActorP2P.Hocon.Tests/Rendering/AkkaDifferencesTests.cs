using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P.Hocon.Tests;

/// <summary>
/// The differences between this reader and Akka.NET's for the same text, as docs/configuration.md lists them. A change
/// in Akka.NET makes these tests fail.
/// </summary>
public sealed class AkkaDifferencesTests
{
    [Theory]
    [InlineData("1e3", 1_000)]
    [InlineData("10.0", 10)]
    public void Akka_refuses_a_whole_number_with_point_or_exponent(string text, int value)
    {
        Assert.Equal(value, Ours(text).GetInt("a"));
        Assert.Throws<FormatException>(() => Theirs(text).GetInt("a"));
        Assert.Throws<FormatException>(() => Theirs(text).GetLong("a"));
        Assert.Equal(value, Theirs(text).GetDouble("a"));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    public void Akka_refuses_yes_and_no(string text, bool value)
    {
        Assert.Equal(value, Ours(text).GetBoolean("a"));
        Assert.Throws<NotSupportedException>(() => Theirs(text).GetBoolean("a"));
    }

    [Theory]
    [InlineData("10us", 100)]
    [InlineData("1e3 ms", 10_000_000)]
    [InlineData("off", -10_000)]
    public void Akka_refuses_some_durations(string text, long ticks)
    {
        Assert.Equal(ticks, Ours(text).GetTimeSpan("a").Ticks);
        Assert.Throws<FormatException>(() => Theirs(text).GetTimeSpan("a"));
    }

    [Fact]
    public void Akka_cuts_durations_off_where_we_round()
    {
        Assert.Equal(12_345_679, Ours("1.23456789s").GetTimeSpan("a").Ticks);
        Assert.Equal(12_345_678, Theirs("1.23456789s").GetTimeSpan("a").Ticks);
    }

    [Theory]
    [InlineData("1.5 MiB", 1_572_864)]
    [InlineData("1e3", 1_000)]
    public void Akka_refuses_a_size_with_point_or_exponent(string text, long size)
    {
        Assert.Equal(size, Ours(text).GetByteSize("a"));
        Assert.Throws<FormatException>(() => Theirs(text).GetByteSize("a"));
    }

    [Fact]
    public void Akka_does_not_notice_what_is_too_large()
    {
        Assert.Throws<HoconException>(() => Ours("10 EB").GetByteSize("a"));
        Assert.True(Theirs("10 EB").GetByteSize("a") < 0);
        Assert.Throws<HoconException>(() => Ours("1e400").GetDouble("a"));
        Assert.Equal(double.PositiveInfinity, Theirs("1e400").GetDouble("a"));
    }

    [Fact]
    public void Akka_takes_no_object_for_a_list()
    {
        Assert.Equal(["x", "y"], Ours("{ 0 = x, 1 = y }").GetStringList("a"));
        Assert.Empty(Theirs("{ 0 = x, 1 = y }").GetStringList("a"));
    }

    [Fact]
    public void Akka_says_that_null_is_there_and_gives_no_text()
    {
        Assert.False(Ours("null").HasPath("a"));
        Assert.Throws<HoconException>(() => Ours("null").GetString("a", "default"));
        Assert.True(Theirs("null").HasPath("a"));
        Assert.Null(Theirs("null").GetString("a", "default"));
    }

    private static HoconConfig Ours(string value) => HoconConfig.Parse($"a = {value}");

    private static AkkaConfig Theirs(string value) => AkkaReading.Of(Ours(value));
}
