namespace ActorP2P.TestKit.Tests;

/// <summary>What holds on the thread pool and in virtual time alike.</summary>
public abstract partial class ProbeRows(TestKitBase kit) : IDisposable
{
    /// <summary>All that is logged; and times that only a hang reaches: on a busy machine a thread may be away for seconds.</summary>
    protected static Config Patient { get; } = ConfigurationFactory.ParseString(
        "akka { loglevel = DEBUG, test { single-expect-default = 30s, filter-leeway = 30s } }");

    protected TestKitBase Kit { get; } = kit;

    public void Dispose()
    {
        Kit.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_probe_sends_receives_and_replies()
    {
        TestProbe one = Kit.CreateTestProbe();
        TestProbe other = Kit.CreateTestProbe("other");

        one.Send(other.Ref, "hello");
        Assert.Equal("hello", other.ExpectMsg<string>());
        Assert.Equal(one.Ref, other.Sender);
        other.Reply(42);
        one.ExpectMsg(42);
        one.Send(other.Ref, "on");
        other.ExpectMsg<string>(text => text.Length == 2);
        other.Forward(Kit.TestActor);
        Kit.ExpectMsg("on");
        Assert.Equal(one.Ref, Kit.LastSender);
    }

    [Fact]
    public void What_does_not_come_fails_with_an_exception_of_the_kits_own()
    {
        Kit.TestActor.Tell("text");
        Assert.Contains("System.Int32", Assert.Throws<TestKitAssertionException>(() => Kit.ExpectMsg<int>()).Message, StringComparison.Ordinal);
        Assert.Throws<TestKitAssertionException>(() => Kit.ExpectMsg<int>(TimeSpan.FromMilliseconds(20)));
        Kit.TestActor.Tell("other");
        Assert.Throws<TestKitAssertionException>(() => Kit.ExpectMsg("text"));
        Kit.TestActor.Tell("some");
        Assert.Throws<TestKitAssertionException>(() => Kit.ExpectNoMsg(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void A_reply_after_expecting_nothing_has_no_addressee()
    {
        TestProbe probe = Kit.CreateTestProbe();
        probe.Send(probe.Ref, 1);
        probe.ExpectMsg(1);
        probe.ExpectNoMsg(TimeSpan.FromMilliseconds(20));

        Assert.Throws<IllegalActorStateException>(() => probe.Reply("?"));
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_told()
    {
        IActorRef echo = Kit.ActorOf(Props.Create(() => new Echo()));
        Kit.Watch(echo);
        echo.Tell(PoisonPill.Instance);

        Kit.ExpectTerminated(echo);
    }

    [Fact]
    public void Several_messages_are_taken_in_order_in_any_order_or_fished_for()
    {
        foreach (int number in Enumerable.Range(1, 9))
        {
            Kit.TestActor.Tell(number);
        }

        Assert.Equal([1, 2], Kit.ReceiveN(2).Cast<int>());
        Kit.ExpectMsgAllOf(4, 3, 5);
        Assert.Equal(8, Kit.FishForMessage<int>(number => number == 8));
        Assert.Equal(9, Kit.ExpectMsgAnyOf(7, 8, 9));
        Assert.Null(Kit.ReceiveOne(TimeSpan.Zero));
    }

    [Fact]
    public void Ignored_messages_are_not_seen_until_none_are_ignored()
    {
        Kit.IgnoreMessages<int>();
        Kit.TestActor.Tell(1);
        Kit.TestActor.Tell("one");
        Kit.ExpectMsg("one");
        Kit.IgnoreNoMessages();
        Kit.TestActor.Tell(2);
        Kit.ExpectMsg(2);
    }

    [Fact]
    public void A_pilot_answers_until_it_hands_over()
    {
        TestProbe server = Kit.CreateTestProbe();
        server.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"{message}!", server.Ref);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (string text in (string[])["a", "b", "last", "c"])
        {
            server.Ref.Tell(text, Kit.TestActor);
        }

        Kit.ExpectMsgAllOf("a!", "b!", "last!");
        server.ReceiveN(4);
        Kit.ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_block_has_its_time_and_what_waits_within_it_no_more()
    {
        Kit.TestActor.Tell("quick");
        Assert.Equal("quick", Kit.Within(TimeSpan.FromSeconds(30), () => Kit.ExpectMsg<string>()));
        Assert.Throws<TestKitAssertionException>(() => Kit.Within(TimeSpan.FromMilliseconds(50), () => Kit.ExpectMsg<string>()));
        Assert.Throws<TestKitAssertionException>(() => Kit.Within(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), () => { }));
    }

    [Fact]
    public void Conditions_and_assertions_are_waited_for()
    {
        int looks = 0;
        Kit.AwaitCondition(() => ++looks == 3, interval: TimeSpan.FromMilliseconds(1));
        Kit.AwaitAssert(() => Assert.Equal(6, ++looks), interval: TimeSpan.FromMilliseconds(1));
        Assert.Throws<TestKitAssertionException>(() => Kit.AwaitCondition(() => false, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void Events_of_the_system_are_expected_while_something_is_done()
    {
        IActorRef echo = Kit.ActorOf(Props.Create(() => new Echo()));
        Kit.EventFilter.Exception<InvalidOperationException>(contains: "asked").ExpectOne(() => echo.Tell("fail"));
        Kit.Stop(echo);
        Kit.EventFilter.DeadLetter<string>(text => text == "late").ExpectOne(() => echo.Tell("late"));
    }

    [Fact]
    public void Log_events_are_chosen_by_level_text_and_source()
    {
        ILoggingAdapter log = Logging.GetLogger(Kit.Sys, "one");
        ILoggingAdapter other = Logging.GetLogger(Kit.Sys, "two");
        string source = $"one ({Kit.Sys})";
        EventFilterFactory filter = Kit.EventFilter;

        filter.Error(message: "abc").ExpectOne(() => LogOnAllLevels(log, "abc", "abcd", "xabc"));
        filter.Warning(start: "abc").Expect(4, () => LogOnAllLevels(log, "abc", "abcd", "xabc"));
        filter.Info(contains: "abc").Expect(9, () => LogOnAllLevels(log, "abc", "abcd", "xabc", "ab"));
        filter.Debug(source: source).Expect(4, () =>
        {
            LogOnAllLevels(log, "abc");
            LogOnAllLevels(other, "abc");
        });
        filter.Custom(entry => entry is Warning && entry.LogSource == source && $"{entry.Message}" == "abc").Expect(2, () =>
        {
            LogOnAllLevels(log, "abc", "other");
            LogOnAllLevels(other, "abc");
        });
    }

    [Fact]
    public void More_events_than_expected_or_fewer_fail()
    {
        ILoggingAdapter log = Logging.GetLogger(Kit.Sys, "one");

        Assert.Contains("More than the 1 expected", Assert.Throws<TestKitAssertionException>(
            () => Kit.EventFilter.Info().ExpectOne(() => LogOnAllLevels(log, "a", "b"))).Message, StringComparison.Ordinal);
        Assert.Contains("1 of 2", Assert.Throws<TestKitAssertionException>(
            () => Kit.EventFilter.Error().Expect(2, () => LogOnAllLevels(log, "a"), TimeSpan.FromMilliseconds(20))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_looks_into_an_actor()
    {
        TestActorRef<Echo> echo = Kit.ActorOfAsTestActorRef(() => new Echo());
        echo.Ref.Tell("x", Kit.TestActor);
        Kit.ExpectMsg("x");

        Assert.Equal(1, echo.UnderlyingActor.Count);
    }

    [Fact]
    public void A_child_of_the_test_actor_tells_it_what_it_tells_its_parent()
    {
        IActorRef child = Kit.ChildActorOf(Props.Create(() => new Echo()), "child");
        Assert.Equal(Kit.TestActor.Path, child.Path.Parent);
    }

    /// <summary>An error once, a warning twice, information three times, a debug event four times: numbers tell them apart.</summary>
    private static void LogOnAllLevels(ILoggingAdapter log, params string[] texts)
    {
        LogLevel[] levels = [LogLevel.ErrorLevel, LogLevel.WarningLevel, LogLevel.InfoLevel, LogLevel.DebugLevel];
        foreach (string text in texts)
        {
            for (int times = 1; times <= levels.Length; times++)
            {
                for (int time = 0; time < times; time++)
                {
                    log.Log(levels[times - 1], null, text);
                }
            }
        }
    }
}
