using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ActorP2P.Simulation;

/// <summary>A member of a run with real nodes: it does with its share of the nodes what the coordinator says.</summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop; the coordinator stops the nodes.")]
internal sealed class RealMemberActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    private readonly ClusterRunState _state;
    private readonly IActorRef _proxy;
    private readonly CancellationTokenSource _end = new();
    private readonly long _begin = Stopwatch.GetTimestamp();
    private IActorRef? _coordinator;
    private RealMember? _nodes;

    public RealMemberActor(ClusterRunState state, IActorRef proxy)
    {
        _state = state;
        _proxy = proxy;
        Receive<Look>(_ => SayHello());
        Receive<ClusterMessages.Welcome>(_ => _coordinator ??= Context.Watch(Sender));
        Receive<ClusterMessages.Refused>(
            refused => _state.Fail($"The coordinator refused this member: {refused.Reason}."));
        Receive<RealMessages.Begin>(Start);
        Receive<RealMessages.Link>(link => Do(async nodes =>
        {
            await nodes.LinkAsync(JsonSerializer.Deserialize<List<RealAddress>>(link.Addresses)!, _end.Token);
            return new RealMessages.Linked();
        }));
        Receive<RealMessages.Play>(play => Do(async nodes => new RealMessages.Played(JsonSerializer.Serialize(
            await nodes.PlayAsync(new DateTimeOffset(play.At, TimeSpan.Zero), _end.Token)))));
        Receive<RealMessages.Stop>(_ => Do(static async nodes =>
        {
            await nodes.DisposeAsync();
            return new RealMessages.Stopped();
        }));
        Receive<Done>(done => _coordinator?.Tell(done.Answer));
        Receive<Status.Failure>(failure => _coordinator?.Tell(
            new RealMessages.Failed($"{failure.Cause.GetType().Name}: {failure.Cause.Message}")));
        Receive<RealMessages.Failed>(failed => _state.Fail(failed.Reason));
        Receive<ClusterMessages.Finished>(Finish);
        Receive<Terminated>(
            _ => _state.Fail("The coordinator was lost, and its real nodes with it."),
            gone => gone.ActorRef.Equals(_coordinator));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, s_lookEvery);

    protected override void PostStop()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private void SayHello()
    {
        if (_coordinator is not null)
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(_begin) > _state.Options.CoordinatorTimeout)
        {
            _state.Fail(_state.NoCoordinator);
            return;
        }

        _proxy.Tell(new ClusterMessages.Hello(_state.Options.Scenario.Digest, _state.Version));
    }

    private void Start(RealMessages.Begin begin)
    {
        _nodes = new RealMember(
            _state.Options.Scenario, begin.Seed, begin.Index, begin.Members, _state.Options.Host, RealRun.Patience);
        Do(async nodes => new RealMessages.Started(JsonSerializer.Serialize(await nodes.StartAsync(_end.Token))));
    }

    private void Do(Func<RealMember, Task<object>> work)
    {
        RealMember nodes = _nodes!;
        Task.Run(async () => new Done(await work(nodes))).PipeTo(Self);
    }

    private void Finish(ClusterMessages.Finished finished)
    {
        Context.Stop(Self);
        if (!Sender.Path.Address.HasLocalScope)
        {
            _state.Complete(new ClusterRunReport(finished.Seeds, finished.Failed, 0, []));
        }
    }

    /// <summary>Work is done, and the coordinator must be told.</summary>
    private sealed record Done(object Answer);

    /// <summary>Tells the actor to check whether it has a coordinator.</summary>
    private sealed class Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }
}
