using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// The synchronization context of a test method. Continuations of its awaits run between two steps of the world,
/// never inside one, with the test actor as the implicit sender. When the method blocks, in <c>Task.Result</c>, a
/// latch, an event or <c>Monitor.Wait</c>, the world runs until the method can continue. After an asynchronous
/// test method has left its thread, a thread of the pool runs the world until the kit is disposed.
/// </summary>
internal sealed class TestBody : SynchronizationContext
{
    private const int WaitTimeout = BlockedStep.WaitTimeout;

    /// <summary>
    /// The number of times that a test may continue at one time. After that a millisecond of virtual time passes each
    /// time.
    /// </summary>
    private const int PatientCalls = 1_000;

    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly AsyncLocal<TestBody?> s_flow = new(OnFlow);

    private readonly Queue<PostedWork> _posts = new();
    private readonly WorldPump _pump;
    private readonly Type _test;
    private readonly ActorCell? _cell;
    private readonly OuterState _outer;
    private int _thread = Environment.CurrentManagedThreadId;
    private int _yielded;
    private TimeSpan _counted;
    private int _calls;

    /// <summary>Makes the code of this thread the body of a test.</summary>
    /// <param name="pump">The world's pump.</param>
    /// <param name="test">The class of the test.</param>
    /// <param name="cell">The test actor's cell, the implicit sender; null for none.</param>
    /// <param name="outer">The state of this thread before the kit was made.</param>
    public TestBody(WorldPump pump, Type test, ActorCell? cell, OuterState outer)
    {
        (_pump, _test, _cell, _outer) = (pump, test, cell, outer);
        SetWaitNotificationRequired();
        AbandonedTasks.Keep();
        s_flow.Value = this;
        SetSynchronizationContext(this);
        Redirects.Enter(pump.World);
        pump.World.BeforeBlocking = Touch;
    }

    /// <summary>Whether the kit has been disposed.</summary>
    public bool Ended { get; private set; }

    private SimulatedWorld World => _pump.World;

    private bool HasPosts
    {
        get
        {
            lock (_posts)
            {
                return _posts.Count > 0;
            }
        }
    }

    /// <summary>
    /// Sets this context again if a test framework has set another one meanwhile. The members that a test method most
    /// likely uses first call it.
    /// </summary>
    public void Touch()
    {
        if (!Ended && Current != this && Environment.CurrentManagedThreadId == _thread && !World.IsRunning)
        {
            SetSynchronizationContext(this);
        }
    }

    /// <summary>
    /// Runs the world, and the posted work between its steps, until the condition holds or the time is over.
    /// </summary>
    public bool RunTo(Func<bool> condition, TimeSpan end)
    {
        while (!condition())
        {
            if (TryTake(out PostedWork work))
            {
                Call(work);
                LetTimePassAtTimes();
                continue;
            }
            bool met = false;
            World.RunUntil(() => met = HasPosts || condition(), end > World.Now ? end - World.Now : TimeSpan.Zero);
            if (!met && !HasPosts)
            {
                return condition();
            }
        }
        return true;
    }

    /// <summary>Ends the test: restores the state of this thread before it.</summary>
    public void End()
    {
        Ended = true;
        Redirects.Take();
        if (s_flow.Value == this)
        {
            s_flow.Value = null;
        }
        _outer.Restore();
        lock (_posts)
        {
            Monitor.Pulse(_posts);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Ended)
        {
            _outer.Post(d, state);
            return;
        }
        lock (_posts)
        {
            _posts.Enqueue(new PostedWork(d, state));
            Monitor.Pulse(_posts);
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <inheritdoc/>
    public override int Wait(nint[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        BlockingKind kind = Ended || World.IsRunning || Environment.CurrentManagedThreadId != _thread
            ? BlockingKind.Real
            : BlockingCall.Kind();
        if (kind == BlockingKind.Real)
        {
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }
        int result = WaitHelper(waitHandles, waitAll, 0);
        if (result == WaitTimeout && millisecondsTimeout != 0)
        {
            int wait = kind == BlockingKind.RestOfSignal
                ? AskedTimeout.Of(millisecondsTimeout)
                : millisecondsTimeout;
            _pump.Run(
                () => result != WaitTimeout || (result = WaitHelper(waitHandles, waitAll, 0)) != WaitTimeout,
                TimeSpan.FromMilliseconds(wait));
        }
        return result;
    }

    /// <summary>
    /// Called when the flow of a test leaves a thread. If the test method is waiting, another thread must run the
    /// world.
    /// </summary>
    private static void OnFlow(AsyncLocalValueChangedArgs<TestBody?> change)
    {
        if (change is { ThreadContextChanged: true, PreviousValue: { Ended: false } body }
            && change.CurrentValue != body && body._thread == Environment.CurrentManagedThreadId
            && !body.World.IsRunning && BlockingCall.HasLeft(body._test)
            && Interlocked.Exchange(ref body._yielded, 1) == 0)
        {
            Redirects.Take();
            Redirects.Enter(body._outer.World);
            ThreadPool.UnsafeQueueUserWorkItem(static body => body.PumpYielded(), body, preferLocal: false);
        }
    }

    private void PumpYielded()
    {
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            // The world belongs to the thread that ran it last.
            World.RunUntil(static () => true, TimeSpan.Zero);
            if (RunTo(() => Ended, World.Now + _pump.Limit))
            {
                return;
            }
            Abandon(new SimulationException(
                "The test awaits something that never happens or is outside of the simulation: "
                    + $"{_pump.Limit:c} of virtual time have passed",
                World.Seed,
                World.Now));
        }
        catch (Exception failure)
        {
            Abandon(failure);
        }
        // Only the test framework's own continuations arrive now.
        while (WaitForPost(out PostedWork work))
        {
            Call(work);
        }
    }

    /// <summary>
    /// Nothing in the world will end what the test awaits, so the test method itself must end. If that is impossible,
    /// the process ends instead of waiting for ever.
    /// </summary>
    private void Abandon(Exception reason)
    {
        _pump.Abandoned = reason;
        if (AbandonedTest.Fail(_test, reason))
        {
            return;
        }
        if (!AbandonedTasks.IsSupported)
        {
            Environment.FailFast(
                "A test in virtual time waits for ever, and cannot be failed on this runtime.", reason);
        }
        // No test method waits: the constructor of the test class has failed, and nothing will dispose the kit.
        Ended = true;
    }

    private bool WaitForPost(out PostedWork work)
    {
        // This wait is in real time.
        SetSynchronizationContext(null);
        lock (_posts)
        {
            while (!_posts.TryDequeue(out work))
            {
                if (Ended)
                {
                    return false;
                }
                Monitor.Wait(_posts);
            }
            return true;
        }
    }

    /// <summary>
    /// Lets time pass now and then. Without this, a test that repeatedly checks for a change would never let time pass.
    /// </summary>
    private void LetTimePassAtTimes()
    {
        if (World.Now != _counted)
        {
            _counted = World.Now;
            _calls = 0;
        }
        if (++_calls > PatientCalls)
        {
            World.RunUntil(static () => false, s_millisecond);
            _counted = World.Now;
        }
    }

    private bool TryTake(out PostedWork work)
    {
        lock (_posts)
        {
            return _posts.TryDequeue(out work);
        }
    }

    private void Call(PostedWork work)
    {
        SynchronizationContext? outer = Current;
        ActorCell? outerCell = InternalCurrentActorCellKeeper.Current;
        SimulatedWorld? outerWorld = Redirects.Enter(World);
        SetSynchronizationContext(this);
        InternalCurrentActorCellKeeper.Current = _cell;
        try
        {
            work.Callback(work.State);
        }
        finally
        {
            Redirects.Take();
            Redirects.Enter(outerWorld);
            SetSynchronizationContext(outer);
            InternalCurrentActorCellKeeper.Current = outerCell;
        }
    }
}
