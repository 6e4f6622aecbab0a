using System.Diagnostics;
using System.Text.Json;

namespace ActorP2P.Simulation;

/// <summary>
/// Runs seeds one at a time. It keeps the results until the end, because the coordinator may be lost.
/// </summary>
internal sealed class MemberActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    private readonly ClusterRunState _state;
    private readonly IActorRef _proxy;
    private readonly List<ClusterMessages.SeedDone> _done = [];
    private IActorRef? _coordinator;
    private long _aloneSince = Stopwatch.GetTimestamp();
    private bool _isRunning;

    /// <param name="state">The outcome that this process waits for.</param>
    /// <param name="proxy">A proxy of the coordinator, wherever it runs.</param>
    public MemberActor(ClusterRunState state, IActorRef proxy)
    {
        _state = state;
        _proxy = proxy;
        Receive<Look>(_ => SayHello());
        Receive<ClusterMessages.Welcome>(_ => Serve(Sender));
        Receive<ClusterMessages.Refused>(
            refused => _state.Fail($"The coordinator refused this member: {refused.Reason}."));
        Receive<ClusterMessages.RunSeed>(order => Run(order.Seed));
        Receive<ScenarioResult>(Finish);
        Receive<Status.Failure>(failure => _state.Fail($"A run ended with {failure.Cause}"));
        Receive<ClusterMessages.Finished>(End);
        Receive<Terminated>(Lose, gone => gone.ActorRef.Equals(_coordinator));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, s_lookEvery);

    private void SayHello()
    {
        if (_coordinator is not null)
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(_aloneSince) > _state.Options.CoordinatorTimeout)
        {
            _state.Fail(_state.NoCoordinator);
            return;
        }

        _proxy.Tell(new ClusterMessages.Hello(_state.Options.Scenario.Digest, _state.Version));
    }

    private void Serve(IActorRef coordinator)
    {
        if (_coordinator is not null)
        {
            return;
        }

        _coordinator = Context.Watch(coordinator);
        foreach (ClusterMessages.SeedDone done in _done)
        {
            coordinator.Tell(done);
        }

        if (!_isRunning)
        {
            coordinator.Tell(new ClusterMessages.Pull());
        }
    }

    private void Run(ulong seed)
    {
        if (_isRunning)
        {
            // The order came from a coordinator that has been lost since. The current run is finished first, and then
            // this member asks for work again.
            return;
        }

        _isRunning = true;
        Scenario scenario = _state.Options.Scenario;
        Task.Factory.StartNew(
            () => scenario.Run(seed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .PipeTo(Self);
    }

    private void Finish(ScenarioResult result)
    {
        _isRunning = false;
        ClusterMessages.SeedDone done = new(result.Seed, JsonSerializer.Serialize(result));
        _done.Add(done);
        _coordinator?.Tell(done);
        _coordinator?.Tell(new ClusterMessages.Pull());
    }

    private void End(ClusterMessages.Finished finished)
    {
        // In the process of the coordinator, the coordinator completes the run with all results when the other members
        // have gone.
        Context.Stop(Self);
        if (!Sender.Path.Address.HasLocalScope)
        {
            _state.Complete(new ClusterRunReport(finished.Seeds, finished.Failed, 0, []));
        }
    }

    private void Lose(Terminated gone)
    {
        _coordinator = null;
        _aloneSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Tells the actor to check whether it has a coordinator.</summary>
    private sealed class Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }
}
