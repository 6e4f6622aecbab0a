namespace ActorP2P.TestKit.Tests;

public sealed class VirtualProbeTests : ProbeRows
{
    private readonly DeterministicScheduler _scheduler;

    public VirtualProbeTests()
        : this(new DeterministicScheduler(1))
    {
    }

    private VirtualProbeTests(DeterministicScheduler scheduler)
        : base(new TestKitBase(scheduler, config: Patient)) => _scheduler = scheduler;

    [Fact]
    public void Expecting_nothing_for_an_hour_takes_no_time()
    {
        Kit.ExpectNoMsg(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromHours(1), _scheduler.Now);
    }

    [Fact]
    public void Advancing_brings_what_is_due()
    {
        Kit.Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMinutes(10), Kit.TestActor, "due", ActorRefs.NoSender);
        Kit.Advance(TimeSpan.FromMinutes(9));
        Assert.False(Kit.HasMessages);
        Kit.Advance(TimeSpan.FromMinutes(1));
        Assert.True(Kit.HasMessages);
        Kit.ExpectMsg("due");
    }

    [Fact]
    public void Asynchronous_twins_run_within_the_simulation() => _scheduler.Run(
        async () =>
        {
            Kit.Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMinutes(10), Kit.TestActor, "due", ActorRefs.NoSender);
            await Kit.ExpectMsgAsync("due", TimeSpan.FromHours(1));
            Assert.Equal(TimeSpan.FromMinutes(10), _scheduler.Now);
            await Kit.ExpectNoMsgAsync(TimeSpan.FromHours(1));
        },
        TimeSpan.FromHours(2));

    protected override Task RunAsync(Func<Task> program)
    {
        _scheduler.Run(program, TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }
}
