using System.Diagnostics.Tracing;

namespace ActorP2P.Determinism;

/// <summary>
/// Detects work that leaves a simulation's thread for the thread pool or a real timer, at the moment
/// it leaves. The runtime's FrameworkEventSource raises its events on the thread that enqueues, so the
/// current stack shows the code at fault. Threads that run no simulation are ignored.
/// </summary>
internal sealed class LeakDetector : EventListener
{
    private const string RuntimeSource = "System.Diagnostics.Eventing.FrameworkEventSource";
    private const string SocketSource = "System.Net.Sockets";
    private const string DnsSource = "System.Net.NameResolution";

    // ThreadPool (2): work that is enqueued. ThreadTransfer (16): timers that are set.
    private const EventKeywords Departures = (EventKeywords)0x12;

    // One attempt is enough, unless a thread of the pool is working just then.
    private const int MaxAttempts = 10_000;

    private static readonly Lazy<LeakDetector> s_instance = new(static () => new LeakDetector());

    [ThreadStatic]
    private static SimulatedWorld? t_world;

    [ThreadStatic]
    private static int t_seen;

    /// <summary>Turns detection off, for the test which shows that departures are then not detected.</summary>
    internal static bool IsOff { get; set; }

    /// <summary>Starts listening, once for the process.</summary>
    public static void Start()
    {
        _ = s_instance.Value;
        // The pool checks for listeners only when one of its threads begins to work.
        ThreadPoolAccess.Instance.RefreshLogging();
    }

    /// <summary>
    /// Whether the runtime reports work that this thread gives to the thread pool. The pool checks
    /// for listeners only when one of its threads begins to work, so this gives it some work.
    /// </summary>
    public static bool SeesDepartures()
    {
        int before = t_seen;
        for (int attempt = 0; attempt < MaxAttempts && t_seen == before; attempt++)
        {
            using ManualResetEventSlim ran = new();
            ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), ran, preferLocal: false);
            ran.Wait();
        }
        return t_seen != before;
    }

    /// <summary>Sets the world whose run is working on this thread, and returns the previous one.</summary>
    public static SimulatedWorld? Watch(SimulatedWorld? world)
    {
        SimulatedWorld? outer = t_world;
        t_world = world;
        return outer;
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        switch (eventSource.Name)
        {
            case RuntimeSource:
                EnableEvents(eventSource, EventLevel.Verbose, Departures);
                break;
            case SocketSource:
            case DnsSource:
                EnableEvents(eventSource, EventLevel.Informational);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        t_seen++;
        string? departure = eventData.EventName switch
        {
            "ThreadPoolEnqueueWork" when !Redirects.TakesWork() => "work was given to the thread pool",
            "ThreadTransferSend" when !Redirects.TakesTimer(eventData) => "a timer of real time was set",
            "ConnectStart" or "AcceptStart" => "a socket was used",
            "ResolutionStart" => "a name was looked up",
            _ => null,
        };
        if (departure is not null && t_world is { } world)
        {
            world.ReportLeak(departure);
        }
    }
}
