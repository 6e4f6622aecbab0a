using System.Collections.Concurrent;

namespace ActorP2P.Determinism.Tests;

/// <summary>Schedules: the same on any number of cores, and played again by their text.</summary>
public sealed class ScheduleTests
{
    private static readonly ExploreOptions s_options = new()
    {
        Schedules = 100,
        MessageDelay = TimeSpan.FromMilliseconds(10),
        TimerLateness = TimeSpan.FromSeconds(1),
        ReportFolder = "",
    };

    [Fact]
    public void A_seed_gives_the_same_schedules_on_any_number_of_cores()
    {
        SortedDictionary<ulong, string> one = Play(s_options with { Cores = 1 });

        Assert.Equal(s_options.Schedules, one.Count);
        Assert.Equal(one, Play(s_options with { Cores = 2 }));
        Assert.Equal(one, Play(s_options with { Cores = 5 }));
        Assert.NotEqual(one, Play(s_options with { Seed = 2 }));
    }

    [Fact]
    public void Schedules_differ_from_each_other() =>
        Assert.InRange(Play(s_options).Values.Distinct().Count(), s_options.Schedules * 9 / 10, s_options.Schedules);

    [Fact]
    public void The_first_schedule_is_the_plain_order()
    {
        ExplorationReport report = Explore.Find(s_options, static async run =>
        {
            await Ring.Play(run);
            throw new DeliberateException("always");
        });

        ExplorationFailure failure = Assert.Single(report.Failures);
        Assert.Equal(0, failure.Schedule);
        Assert.Equal(0, failure.FoundChanges);
    }

    [Fact]
    public void A_schedule_is_played_again_by_its_text()
    {
        foreach (SchedulingStrategy strategy in s_options.Strategies)
        {
            for (ulong seed = 1; seed <= 5; seed++)
            {
                ScheduleRun recorded = new(FailureStudy.SetupOf(s_options, new Schedule(seed, []), isShown: false) with
                {
                    Replayed = null,
                    Strategy = strategy.Make(new Random((int)seed), length: 200, new SeenPairs()),
                });
                Assert.Null(ProgramPlayer.Play(recorded, s_options, Ring.Play));
                Schedule read = Schedule.Parse(recorded.Recorded().ToString());
                ScheduleRun again = new(FailureStudy.SetupOf(s_options, read, isShown: false));
                Assert.Null(ProgramPlayer.Play(again, s_options, Ring.Play));
                Assert.NotEmpty(read.Decisions);
                Assert.Equal(recorded.World!.TraceHash, again.World!.TraceHash);
            }
        }
    }

    [Fact]
    public void Delayed_messages_of_a_pair_keep_their_order() =>
        Explore.Run(s_options with { MessageDelay = TimeSpan.FromSeconds(1) }, async run =>
        {
            List<int> heard = [];
            IActorRef hearing = run.System.ActorOf(
                new Hooks { Receive = (message, _) => heard.Add((int)message) }.ToProps());
            IActorRef telling = run.System.ActorOf(new Hooks
            {
                Receive = (_, _) =>
                {
                    for (int number = 0; number < 20; number++)
                    {
                        hearing.Tell(number);
                    }
                },
            }.ToProps());
            telling.Tell("begin");
            await run.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(Enumerable.Range(0, 20), heard);
            Claim.Sometimes(run.World.Now > TimeSpan.Zero, "time passes");
        });

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1;q/user/a#1=1")]
    [InlineData("1;t/user/a=1")]
    [InlineData("1;t/user/a#x=1")]
    public void A_text_that_is_no_schedule_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Schedule.Parse(text));

    private static SortedDictionary<ulong, string> Play(ExploreOptions options)
    {
        ConcurrentDictionary<ulong, string> seen = [];
        Explore.Run(options, async run => seen[run.World.Seed] = string.Join(", ", await Ring.Play(run)));
        return new SortedDictionary<ulong, string>(seen);
    }
}
