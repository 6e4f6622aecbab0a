namespace ActorP2P.Determinism.Tests;

/// <summary>Programs that cannot be explored well are told of, each in its way.</summary>
public sealed class BadProgramTests
{
    private static readonly ExploreOptions s_options = new() { Schedules = 10, ReportFolder = "" };

    [Fact]
    public void A_program_that_leaves_the_simulation_is_named_with_its_place()
    {
        ExploreOptions options = s_options with { Redirects = SimulationRedirects.None };
        ExplorationReport report = Explore.Find(options, static async run =>
        {
            IActorRef actor = run.System.ActorOf(new Hooks { Receive = static (_, _) => Leave() }.ToProps());
            actor.Tell("now");
            await run.Pass(TimeSpan.FromSeconds(1));
        });

        ExplorationFailure failure = Assert.Single(report.Failures);
        SimulationLeakException leak = Assert.IsType<SimulationLeakException>(failure.Exception);
        Assert.Contains(nameof(Leave), leak.Origin, StringComparison.Ordinal);
        Assert.Contains("BadProgramTests.cs:", failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_waits_for_ever_is_stopped()
    {
        ExplorationReport report = Explore.Find(s_options, static run => new TaskCompletionSource().Task);

        Assert.Contains("waits for something that will never happen", Assert.Single(report.Failures).Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_outlasts_its_virtual_time_is_stopped()
    {
        ExplorationReport report = Explore.Find(
            s_options with { VirtualLimit = TimeSpan.FromMinutes(1) }, static run => run.Pass(TimeSpan.FromHours(1)));

        Assert.Contains("did not end within 00:01:00", Assert.Single(report.Failures).Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Actors_that_never_rest_are_stopped_in_real_time()
    {
        ExploreOptions options = s_options with { RealLimit = TimeSpan.FromMilliseconds(100) };
        ExplorationReport report = Explore.Find(options, static run =>
        {
            IActorRef restless = run.System.ActorOf(
                Props.Create(() => new Restless()), "restless");
            restless.Tell("again");
            return run.Pass(TimeSpan.FromSeconds(1));
        });

        NeverEndsException failure = Assert.IsType<NeverEndsException>(Assert.Single(report.Failures).Exception);
        Assert.Equal("/user/restless", failure.Actor);
    }

    [Fact]
    public void A_step_that_never_ends_is_given_up()
    {
        using ManualResetEventSlim end = new();
        ExplorationReport report = Explore.Find(s_options with { RealLimit = TimeSpan.FromMilliseconds(10) }, run =>
        {
            IActorRef stuck = run.System.ActorOf(
                new Hooks { Receive = (_, _) => SpinWait.SpinUntil(() => end.IsSet) }.ToProps(), "stuck");
            stuck.Tell("begin");
            return run.Pass(TimeSpan.FromSeconds(1));
        });
        end.Set();

        Assert.Equal("/user/stuck", Assert.IsType<NeverEndsException>(Assert.Single(report.Failures).Exception).Actor);
    }

    [Fact]
    public void A_failure_by_chance_of_its_own_is_said_not_to_repeat()
    {
        int calls = 0;
        ExplorationReport report = Explore.Find(s_options with { Cores = 1 }, _ =>
        {
            Assert.NotEqual(3, Interlocked.Increment(ref calls));
            return Task.CompletedTask;
        });

        ExplorationFailure failure = Assert.Single(report.Failures);
        Assert.False(failure.Repeats);
        Assert.Contains("IT DOES NOT REPEAT", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_failures_of_one_cause_are_one()
    {
        ExplorationReport report = Explore.Find(s_options with { Schedules = 1_000, FindsAll = true }, static run =>
        {
            Assert.NotEqual(7UL, run.World.Seed % 8);
            throw new DeliberateException("on purpose");
        });

        Assert.Equal(2, report.Failures.Count);
        Assert.Equal(1_000, report.Failures.Sum(static failure => failure.Count));
        Assert.All(report.Failures, static failure => Assert.True(failure.Count > 50));
    }

    private sealed class Restless : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }

    private static void Leave() => ThreadPool.QueueUserWorkItem(static _ => { });
}
