namespace ActorP2P.TestKit.Tests;

/// <summary>How long expectations wait, to the tick, for time is virtual.</summary>
public sealed class TestKitSettingsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Without_settings_times_are_those_of_Akka_TestKit()
    {
        using TestKitBase kit = Make("");

        Assert.Equal(3 * Second, Took(kit, () => kit.ExpectMsg<int>()));
        Assert.Equal(3 * Second, Took(kit, () => kit.EventFilter.Error().ExpectOne(() => { })));
        Assert.Equal(5 * Second, kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(1, kit.TestKitSettings.TestTimeFactor);
    }

    [Fact]
    public void The_configuration_of_the_system_says_how_long_is_waited()
    {
        using TestKitBase kit = Make("akka.test { single-expect-default = 7s, filter-leeway = 11s, default-timeout = 13s }");
        using TestProbe probe = kit.CreateTestProbe();

        Assert.Equal(7 * Second, Took(kit, () => kit.ExpectMsg<int>()));
        Assert.Equal(7 * Second, Took(kit, () => probe.ExpectMsg<int>()));
        Assert.Equal(7 * Second, Took(kit, () => kit.AwaitCondition(() => false)));
        Assert.Equal(7 * Second, Took(kit, () => kit.ExpectMsgAllOf(1, 2)));
        Assert.Equal(11 * Second, Took(kit, () => kit.EventFilter.Error().ExpectOne(() => { })));
        Assert.Equal(13 * Second, kit.TestKitSettings.DefaultTimeout);
        Assert.Equal(Second, Took(kit, () => kit.ExpectMsg<int>(Second)));
    }

    [Fact]
    public void A_factor_dilates_every_expectation_once_and_ReceiveOne_never()
    {
        using TestKitBase kit = Make("akka.test.timefactor = 2.5");
        TimeSpan dilated = 2.5 * Second;

        Assert.Equal(3 * dilated, Took(kit, () => kit.ExpectMsg<int>()));
        Assert.Equal(3 * dilated, Took(kit, () => kit.ExpectMsgAnyOf(1)));
        Assert.Equal(dilated, Took(kit, () => kit.ExpectMsg(1, Second)));
        Assert.Equal(dilated, Took(kit, () => kit.ExpectMsg<int>(number => number == 1, Second)));
        Assert.Equal(dilated, Took(kit, () => kit.ReceiveN(1, Second)));
        Assert.Equal(dilated, Took(kit, () => kit.FishForMessage<int>(_ => true, Second)));
        Assert.Equal(dilated, Took(kit, () => kit.ExpectMsgAllOf(Second, 1)));
        Assert.Equal(dilated, Took(kit, () => kit.AwaitCondition(() => false, Second)));
        Assert.Equal(dilated, Took(kit, () => kit.AwaitAssert(() => throw new TestKitAssertionException("no"), Second)));
        Assert.Equal(dilated, Took(kit, () => kit.Within(Second, () => kit.ExpectMsg<int>())));
        Assert.Equal(dilated, Took(kit, () => kit.Within(Second, () => kit.ExpectMsg<int>(TimeSpan.FromHours(1)))));
        Assert.Equal(dilated, Took(kit, () => kit.Within(Second, () => kit.ExpectMsg<int>(Timeout.InfiniteTimeSpan))));
        Assert.Equal(dilated, Passes(kit, () => kit.ExpectNoMsg(Second)));
        Assert.Equal(3 * dilated, Passes(kit, kit.ExpectNoMsg));
        Assert.Equal(Second, Passes(kit, () => Assert.Null(kit.ReceiveOne(Second))));
        Assert.Equal(2 * Second, Passes(kit, () => kit.Within(Second, () => kit.Advance(2 * Second))));
        Assert.Equal(dilated, kit.Dilated(Second));
    }

    [Theory]
    [InlineData("timefactor = 0")]
    [InlineData("timefactor = -1")]
    [InlineData("timefactor = fast")]
    [InlineData("single-expect-default = infinite")]
    [InlineData("single-expect-default = soon")]
    [InlineData("filter-leeway = infinite")]
    [InlineData("default-timeout = infinite")]
    public void A_setting_that_makes_no_sense_is_refused_by_name(string setting)
    {
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(() => Make($"akka.test.{setting}"));

        Assert.Contains($"akka.test.{setting.Split(' ')[0]}", refusal.Message, StringComparison.Ordinal);
    }

    private static TestKitBase Make(string hocon) =>
        new(new DeterministicScheduler(1), config: ConfigurationFactory.ParseString(hocon));

    private static TimeSpan Took(TestKitBase kit, Action failing) =>
        Passes(kit, () => Assert.Throws<TestKitAssertionException>(failing));

    private static TimeSpan Passes(TestKitBase kit, Action action)
    {
        TimeSpan start = kit.Sys.Scheduler.MonotonicClock;
        action();
        return kit.Sys.Scheduler.MonotonicClock - start;
    }
}
