using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>
/// Ends a system in phases: the tasks of a phase run side by side, the phases one after the other. A task that fails or
/// takes longer than its phase's timeout is logged and left behind, so that the end always comes.
/// </summary>
public sealed class CoordinatedShutdown
{
    /// <summary>Before anything is closed.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Stop taking new connections and requests.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for requests in progress.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Close connections.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Before leaving the peers.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Leave the peers.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>Before the actors stop.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>Stop all actors.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(5);

    private static readonly string[] s_phases =
    [
        PhaseBeforeServiceUnbind,
        PhaseServiceUnbind,
        PhaseServiceRequestsDone,
        PhaseServiceStop,
        PhaseBeforeClusterShutdown,
        PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate,
        PhaseActorSystemTerminate,
    ];

    private readonly Lock _gate = new();
    private readonly List<ShutdownTask> _tasks = [];
    private readonly ILoggingAdapter _log;
    private Task<Done>? _running;

    internal CoordinatedShutdown(ActorSystem system)
    {
        System = system;
        _log = Logging.GetLogger(system, nameof(CoordinatedShutdown));
    }

    /// <summary>The system that this ends.</summary>
    public ActorSystem System { get; }

    /// <summary>Why the system ends; null while it does not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>The shutdown of a system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.Shutdown;

    /// <summary>Adds a task to a phase; when the phase has passed already it will not run.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        ArgumentNullException.ThrowIfNull(task);
        if (!s_phases.Contains(phase))
        {
            throw new ArgumentException($"Unknown phase '{phase}'; there are {string.Join(", ", s_phases)}.", nameof(phase));
        }
        lock (_gate)
        {
            _tasks.Add(new ShutdownTask(phase, taskName, task));
        }
    }

    /// <summary>How long a phase may take; 5 s unless <c>akka.coordinated-shutdown.phases.NAME.timeout</c> says else.</summary>
    public TimeSpan Timeout(string phase) => System.Settings.Config.GetTimeSpan(
        $"akka.coordinated-shutdown.phases.{phase}.timeout", s_defaultTimeout);

    /// <summary>Runs all phases, once; later calls wait for the same end.</summary>
    public Task<Done> Run(Reason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var end = new TaskCompletionSource<Done>(System.Node is null
            ? TaskCreationOptions.RunContinuationsAsynchronously
            : TaskCreationOptions.None);
        lock (_gate)
        {
            if (_running is not null)
            {
                return _running;
            }
            ShutdownReason = reason;
            _running = end.Task;
        }
        Detached.Start(System.Node, async () =>
        {
            foreach (string phase in s_phases)
            {
                await RunPhase(phase);
            }
            end.SetResult(Done.Instance);
        });
        return _running;
    }

    private async Task RunPhase(string phase)
    {
        ShutdownTask[] tasks;
        lock (_gate)
        {
            tasks = [.. _tasks.Where(task => task.Phase == phase)];
        }
        TimeSpan timeout = Timeout(phase);
        await Task.WhenAll(tasks.Select(task => RunTask(task, timeout)));
        if (phase == PhaseActorSystemTerminate)
        {
            System.StopGuardians();
            await System.ActorsStopped;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a task throws, the end must come.")]
    private async Task RunTask(ShutdownTask task, TimeSpan timeout)
    {
        try
        {
            await task.Run().WaitAsync(timeout, System.TimeProvider);
        }
        catch (TimeoutException)
        {
            _log.Warning("Task {0} of phase {1} was left behind after {2}", task.Name, task.Phase, timeout);
        }
        catch (Exception cause)
        {
            _log.Warning(cause, "Task {0} of phase {1} failed", task.Name, task.Phase);
        }
    }

    /// <summary>Why a system ends.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "The dialect's name.")]
    public class Reason
    {
        /// <summary>For reasons of the host's own.</summary>
        protected Reason()
        {
        }
    }

    /// <summary>Nobody said why.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "The dialect's name.")]
    public sealed class UnknownReason : Reason
    {
        private UnknownReason()
        {
        }

        /// <summary>The one instance.</summary>
        public static Reason Instance { get; } = new UnknownReason();
    }

    /// <summary>The system was told to terminate.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "The dialect's name.")]
    public sealed class ActorSystemTerminateReason : Reason
    {
        private ActorSystemTerminateReason()
        {
        }

        /// <summary>The one instance.</summary>
        public static Reason Instance { get; } = new ActorSystemTerminateReason();
    }

    /// <summary>The process exits.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "The dialect's name.")]
    public sealed class ClrExitReason : Reason
    {
        private ClrExitReason()
        {
        }

        /// <summary>The one instance.</summary>
        public static Reason Instance { get; } = new ClrExitReason();
    }
}
