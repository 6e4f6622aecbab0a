using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class SeriesTests : KitTest
{
    [Fact]
    public void Fishing_ends_with_the_message()
    {
        TellEachMinute(10);
        Assert.Equal(7, FishForMessage<int>(number => number == 7, Minutes(8)));
        Assert.Equal(Minutes(7), Time);
    }

    [Fact]
    public void Fishing_has_one_deadline_for_all_messages()
    {
        TellEachMinute(10);
        string failure = Failure(() => FishForMessage<int>(number => number == 11, Minutes(2.5), "eleven"));
        Assert.Contains("Timeout (00:02:30) during fishForMessage, hint: eleven", failure);
        Assert.Equal(Minutes(2.5), Time);
    }

    [Fact]
    public void ReceiveN_takes_so_many()
    {
        TellEachMinute(4);
        Assert.Equal([1, 2, 3], ReceiveN(3, Hour).Cast<int>());
        Assert.Contains("Only got 1", Failure(() => ReceiveN(2, Minutes(5))));
    }

    [Fact]
    public void ReceiveWhile_leaves_what_it_declines()
    {
        TellEachMinute(6);
        Assert.Equal([1, 2], ReceiveWhile<int>(number => number < 3, Hour));
        Assert.Equal(3, PeekOne());
    }

    [Fact]
    public void ReceiveWhile_ends_in_time_and_when_idle()
    {
        TellEachMinute(3);
        Assert.Equal([1, 2], ReceiveWhile<int>(_ => true, Minutes(2.5)));
        Assert.Equal([3], ReceiveWhile<int>(_ => true, Hour, Minutes(2)));
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void ReceiveWhile_counts_what_it_keeps()
    {
        TestActor.Tell("other");
        TellEachMinute(4);
        Assert.Equal([1, 2], ReceiveWhile<int>(_ => true, Hour, msgs: 2));
    }

    [Fact]
    public void AllOf_gives_the_messages_in_order_of_arrival()
    {
        TellEachMinute(3);
        Assert.Equal([1, 2, 3], ExpectMsgAllOf(Minutes(5), 3, 1, 2));
    }

    [Fact]
    public void AllOf_names_what_is_missing()
    {
        TellEachMinute(2);
        Assert.Contains("not found [7], found unexpected [2]", Failure(() => ExpectMsgAllOf(Minutes(5), 1, 7)));
    }

    [Fact]
    public void AllOf_takes_predicates()
    {
        TestActor.Tell(1);
        TestActor.Tell("s");
        IReadOnlyCollection<object> got = ExpectMsgAllOfMatchingPredicates(
            PredicateInfo.Create<string>(text => text == "s"), PredicateInfo.Create<int>(number => number == 1));
        Assert.Equal([1, "s"], got);
    }

    [Fact]
    public void AnyOf_takes_one_of_them()
    {
        Later(Seconds(2), 12);
        Assert.Equal(12, ExpectMsgAnyOf([12, 13]));
    }

    [Fact]
    public async Task WaitForRadioSilence_waits_for_silence()
    {
        TellEachMinute(3);
        Assert.Equal(3, (await WaitForRadioSilenceAsync(Minutes(2))).Count);
        Assert.InRange(Time, Minutes(5), Minutes(5) + Seconds(0.1));
    }

    [Fact]
    public async Task Radio_silence_may_be_broken_after_the_wait_has_begun()
    {
        Task<System.Collections.ArrayList> silence = WaitForRadioSilenceAsync(Minutes(2));
        TestActor.Tell("x");
        Assert.Equal(["x"], (await silence).Cast<string>());
    }

    [Fact]
    public async Task Too_many_messages_break_the_silence_for_good()
    {
        TellEachMinute(3);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => WaitForRadioSilenceAsync(Minutes(2), 2));
        Assert.InRange(Time, Minutes(3), Minutes(3) + Seconds(0.1));
    }

    [Fact]
    public async Task A_message_that_must_not_arrive_fails_at_once()
    {
        Later(Minutes(1), "other");
        Later(Minutes(2), 1);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => FishUntilMessageAsync<int>(Hour));
        Assert.InRange(Time, Minutes(2), Minutes(2) + Seconds(0.1));
    }

    private void TellEachMinute(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            Later(Minutes(number), number);
        }
    }
}
