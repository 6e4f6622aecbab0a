namespace ActorP2P.TestKit;

/// <summary>What a test actor has received and the test has not taken yet.</summary>
/// <param name="system">Gives the clock, and where promises complete.</param>
internal sealed class ProbeQueue(ActorSystem system)
{
    // Ten thousand messages nobody takes are a test gone wrong, and better told than kept.
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<Envelope> _messages = new();
    private TaskCompletionSource? _arrival;
    private Func<object, bool>? _ignore;
    private AutoPilot _pilot = AutoPilot.NoAutoPilot;
    private long _lost;

    public bool HasMessages
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count > 0;
            }
        }
    }

    public Func<object, bool>? Ignore
    {
        set
        {
            lock (_gate)
            {
                _ignore = value;
            }
        }
    }

    public AutoPilot Pilot
    {
        set
        {
            lock (_gate)
            {
                _pilot = value;
            }
        }
    }

    public void Add(object message, IActorRef sender)
    {
        AutoPilot pilot;
        Func<object, bool>? ignore;
        lock (_gate)
        {
            (pilot, ignore) = (_pilot, _ignore);
        }

        AutoPilot next = pilot.Run(sender, message);
        TaskCompletionSource? arrival = null;
        lock (_gate)
        {
            _pilot = _pilot == pilot && next is not KeepRunning ? next : _pilot;
            if (ignore?.Invoke(message) == true)
            {
                return;
            }

            if (_messages.Count == Capacity)
            {
                _lost++;
                return;
            }

            _messages.Enqueue(new Envelope(message, sender));
            (arrival, _arrival) = (_arrival, null);
        }

        arrival?.TrySetResult();
    }

    /// <summary>The next message; null when none comes in time.</summary>
    public async Task<Envelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        TimeProvider time = system.TimeProvider;
        long start = time.GetTimestamp();
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_lost > 0)
                {
                    throw new TestKitAssertionException($"{_lost} messages were lost: more than {Capacity} waited to be taken.");
                }

                if (_messages.TryDequeue(out Envelope message))
                {
                    return message;
                }

                // In a simulation the waiter's context brings it back; completing on the spot keeps the pool out of it.
                _arrival ??= new TaskCompletionSource(system.Setup.Deterministic is null
                    ? TaskCreationOptions.RunContinuationsAsynchronously
                    : TaskCreationOptions.None);
                arrival = _arrival.Task;
            }

            TimeSpan left = timeout - time.GetElapsedTime(start);
            if (timeout != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
            {
                return null;
            }

            using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task due = Task.Delay(timeout == Timeout.InfiniteTimeSpan ? timeout : left, time, timer.Token);
            await Task.WhenAny(arrival, due);
            cancellation.ThrowIfCancellationRequested();
            CallOff(timer);
        }
    }

    // Here and now: CancelAsync would do it on the pool, out of the simulation.
    private static void CallOff(CancellationTokenSource timer) => timer.Cancel();
}
