using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ActorP2P.Simulation;

/// <summary>
/// Runs one part of a world. It connects with the other members when the coordinator says so, and runs its part on a
/// thread of its own.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "An actor ends with PostStop, which disposes them.")]
internal sealed class WorldMemberActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(1);

    private readonly ClusterRunState _state;
    private readonly IActorRef _proxy;
    private readonly TcpListener _listener;
    private readonly List<string> _results = [];
    private IActorRef? _coordinator;
    private CancellationTokenSource _ending = new();
    private WorldMessages.Prepare? _run;
    private TcpWindows? _windows;
    private long _aloneSince = Stopwatch.GetTimestamp();
    private string _lastEnd = "";

    /// <param name="state">The outcome that this process waits for.</param>
    /// <param name="proxy">A proxy of the coordinator, wherever it runs.</param>
    public WorldMemberActor(ClusterRunState state, IActorRef proxy)
    {
        _state = state;
        _proxy = proxy;
        bool isAddress = IPAddress.TryParse(state.Options.Host, out IPAddress? own);
        _listener = new TcpListener(isAddress ? own! : IPAddress.IPv6Any, 0);
        if (!isAddress)
        {
            // A name may stand for addresses of both kinds.
            _listener.Server.DualMode = true;
        }

        Receive<Look>(_ => SayHello());
        Receive<ClusterMessages.Welcome>(_ => Serve(Sender));
        Receive<ClusterMessages.Refused>(
            refused => _state.Fail($"The coordinator refused this member: {refused.Reason}."));
        Receive<WorldMessages.Prepare>(Prepare);
        Receive<Connected>(connected => Begin(connected.Run, connected.Windows, connected.Failure));
        Receive<WorldMessages.Go>(go => Run(go.Run));
        Receive<WorldMessages.Done>(End);
        Receive<WorldMessages.Lost>(End);
        Receive<WorldMessages.Abort>(abort => Abort(abort.Run));
        Receive<ClusterMessages.Finished>(Finish);
        Receive<Status.Failure>(failure => _state.Fail($"A run ended with {failure.Cause}"));
        Receive<Terminated>(_ => Lose(), gone => gone.ActorRef.Equals(_coordinator));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _listener.Start();
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, TimeSpan.Zero, s_lookEvery);
    }

    protected override void PostStop()
    {
        Stop();
        _listener.Dispose();
    }

    private void SayHello()
    {
        if (_coordinator is not null)
        {
            return;
        }

        if (Stopwatch.GetElapsedTime(_aloneSince) > _state.Options.CoordinatorTimeout)
        {
            string whom = _state.Options.Join is { } join ? $" in the cluster of {join}" : "";
            string last = _lastEnd.Length == 0 ? "" : $" The run had ended: {_lastEnd}";
            _state.Fail(
                $"No coordinator answered{whom} within {_state.Options.CoordinatorTimeout.TotalSeconds:0.#} s.{last}");
            return;
        }

        _proxy.Tell(new WorldMessages.Hello(
            _state.Options.Scenario.Digest, _state.Version, _state.Options.Host,
            ((IPEndPoint)_listener.LocalEndpoint).Port, _run?.Run ?? 0, _lastEnd, [.. _results]));
    }

    private void Serve(IActorRef coordinator) => _coordinator ??= Context.Watch(coordinator);

    private void Prepare(WorldMessages.Prepare run)
    {
        Stop();
        _run = run;
        _lastEnd = "";
        _ending = new CancellationTokenSource();
        CancellationToken ending = _ending.Token;
        IActorRef self = Self;
        TcpListener listener = _listener;
        ConnectAsync().PipeTo(self);

        async Task<Connected> ConnectAsync()
        {
            try
            {
                return new Connected(run.Run, await TcpWindows.ConnectAsync(
                    listener, (ulong)run.Run, run.Number, [.. run.Hosts.Zip(run.Ports)], ending), "");
            }
            catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
            {
                return new Connected(run.Run, null, failure.Message);
            }
        }
    }

    private void Begin(long run, TcpWindows? windows, string failure)
    {
        if (run != _run?.Run || _ending.IsCancellationRequested)
        {
            windows?.Dispose();
        }
        else if (windows is null)
        {
            End(new WorldMessages.Lost(run, $"a member cannot be reached: {failure}"));
        }
        else
        {
            _windows = windows;
            _coordinator?.Tell(new WorldMessages.Ready(run));
        }
    }

    private void Run(long run)
    {
        if (run != _run?.Run || _windows is not { } windows)
        {
            return;
        }

        WorldMessages.Prepare order = _run;
        Scenario scenario = _state.Options.Scenario;
        string[] names = [.. order.Hosts.Zip(order.Ports, static (host, port) => $"{host}:{port}")
            .Select(static (at, number) => $"member {number} at {at}")];
        Task.Factory.StartNew<object>(
            () =>
            {
                GuardedRun part = new(scenario, order.Seed, new RunOptions
                {
                    Part = plan => new WorldPart(
                        WorldCut.Of(scenario, plan, names.Length), order.Number, (ulong)run, windows, names),
                });
                ScenarioResult result = part.Run(null, CancellationToken.None);
                return part.HasLostPart
                    ? new WorldMessages.Lost(run, result.Failure!)
                    : new WorldMessages.Done(run, JsonSerializer.Serialize(result), part.WasTold);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .PipeTo(Self);
    }

    private void End(WorldMessages.Done done)
    {
        if (done.Run == _run?.Run)
        {
            if (!done.WasTold)
            {
                _results.Add(done.Result);
            }

            _coordinator?.Tell(done);
        }
    }

    private void End(WorldMessages.Lost lost)
    {
        if (lost.Run == _run?.Run)
        {
            // The other connections stay open until the coordinator says so: closing them now would make this member
            // look like the lost one.
            _lastEnd = lost.What;
            _coordinator?.Tell(lost);
        }
    }

    private void Abort(long run)
    {
        if (run == _run?.Run)
        {
            Stop();
        }
    }

    private void Stop()
    {
        _ending.Cancel();
        _windows?.Dispose();
        _windows = null;
    }

    private void Finish(ClusterMessages.Finished finished)
    {
        // In the process of the coordinator, the coordinator completes the run with all results when the other members
        // have gone.
        Context.Stop(Self);
        if (!Sender.Path.Address.HasLocalScope)
        {
            _state.Complete(new ClusterRunReport(finished.Seeds, finished.Failed, 0, []));
        }
    }

    private void Lose()
    {
        _coordinator = null;
        _aloneSince = Stopwatch.GetTimestamp();
    }

    /// <summary>Tells the actor to check whether it has a coordinator.</summary>
    private sealed class Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }

    private sealed record Connected(long Run, TcpWindows? Windows, string Failure);
}
