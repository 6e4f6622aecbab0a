namespace ActorP2P.Determinism;

/// <summary>
/// The context of a step that blocks for a task: instead of blocking, the world runs inside the step.
/// </summary>
internal sealed class BlockedStep : SynchronizationContext
{
    /// <summary>The result of <c>Wait</c> when the time is over.</summary>
    public const int WaitTimeout = 258;

    /// <summary>How long a step may block in virtual time.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);

    private readonly SimulatedWorld _world;
    private readonly NodeLife _life;
    private readonly SynchronizationContext? _outer = Current;

    private BlockedStep(SimulatedWorld world)
    {
        (_world, _life) = (world, Redirects.Life(world));
        SetWaitNotificationRequired();
    }

    /// <summary>Sets a context that stays until the wait is over.</summary>
    public static void Enter(SimulatedWorld world) => SetSynchronizationContext(new BlockedStep(world));

    /// <summary>Restores the context of the step.</summary>
    public void Leave() => SetSynchronizationContext(_outer);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _life.Post(d, state, withContext: true);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public override int Wait(nint[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        int result = WaitHelper(waitHandles, waitAll, 0);
        if (result != WaitTimeout || millisecondsTimeout == 0)
        {
            return result;
        }
        bool isInfinite = millisecondsTimeout == Timeout.Infinite;
        try
        {
            _world.RunUntil(
                () => result != WaitTimeout || (result = WaitHelper(waitHandles, waitAll, 0)) != WaitTimeout,
                isInfinite ? s_limit : TimeSpan.FromMilliseconds(AskedTimeout.Of(millisecondsTimeout)));
        }
        catch (SimulationLeakException leak)
        {
            // The actor gets the leak like any exception, but the run must still end because of it.
            _world.ReportAgain(leak);
            Leave();
            throw;
        }
        if (result == WaitTimeout && isInfinite)
        {
            Leave();
            throw new SimulationException(
                $"A step blocks for a task that does not end within {s_limit:c}", _world.Seed, _world.Now);
        }
        return result;
    }
}
