using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism.Tests;

/// <summary>All known ways out of a simulation. None of them waits in real time for what it starts.</summary>
internal static class Departures
{
    public static IReadOnlyList<Departure> All { get; } =
    [
        new("Task.Run", static _ => Task.Run(static () => { })),
        new("Task.Run that tells", TaskRunThatTells),
        new("Task.Factory on the default scheduler", static _ => Task.Factory.StartNew(
            static () => { }, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default)),
        new("a long-running task", LongRunning),
        new("ThreadPool.QueueUserWorkItem", static _ =>
            Queue(static () => ThreadPool.QueueUserWorkItem(static _ => { }))),
        new("ThreadPool.UnsafeQueueUserWorkItem", static _ =>
            Queue(static () => ThreadPool.UnsafeQueueUserWorkItem(static _ => { }, 0, preferLocal: true))),
        new("a thread that tells", ThreadThatTells),
        new("a thread that schedules", ThreadThatSchedules),
        new("a thread that sets a timer", ThreadThatSetsATimer),
        new("a thread that answers", ThreadThatAnswers),
        new("a thread that posts", ThreadThatPosts),
        new("a thread that starts a task of the node", ThreadThatStartsATask),
        new("Task.Delay", static _ => Task.Delay(50)),
        new("System.Threading.Timer", SetTimer),
        new("CancelAfter", CancelAfter),
        new("a token source with a delay", TimedToken),
        new("WaitAsync of the runtime", static _ => new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(9))),
        new("PeriodicTimer", SetPeriodicTimer),
        new("Parallel.For", static _ => Queue(static () => Parallel.For(0, 64, static _ => Thread.SpinWait(200)))),
        new("PLINQ", static _ => Queue(SumInParallel)),
        new("an await that leaves by ConfigureAwait(false)", LeavingAwait),
        new("a socket", ReadSocket),
        new("a file", ReadFile),
        new("DNS", static _ => Dns.GetHostEntryAsync("localhost")),
    ];

    private static Task Queue(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static void SumInParallel() => Enumerable.Range(0, 64).AsParallel().WithDegreeOfParallelism(2)
        .WithExecutionMode(ParallelExecutionMode.ForceParallelism).Sum();

    private static Task TaskRunThatTells(IActorContext context)
    {
        IActorRef self = context.Self;
        return Task.Run(() => self.Tell("from the pool"));
    }

    private static Task LongRunning(IActorContext context)
    {
        IActorRef self = context.Self;
        Task task = new(() => self.Tell("from a thread"), TaskCreationOptions.LongRunning);
        task.Start(TaskScheduler.Default);
        task.Wait();
        return Task.CompletedTask;
    }

    private static Task ThreadThatTells(IActorContext context)
    {
        IActorRef self = context.Self;
        return Join(new Thread(() => self.Tell("from a thread")));
    }

    private static Task ThreadThatSchedules(IActorContext context)
    {
        IActorRef self = context.Self;
        IScheduler scheduler = context.System.Scheduler;
        return Join(new Thread(() => scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), self, "later", self)));
    }

    private static Task ThreadThatSetsATimer(IActorContext context)
    {
        TimeProvider time = SimulatedSystem.TimeProviderOf(context.System)!;
        return Join(new Thread(() => time.CreateTimer(static _ => { }, null, TimeSpan.Zero, TimeSpan.Zero).Dispose()));
    }

    private static Task ThreadThatAnswers(IActorContext context)
    {
        FutureActorRef<object> asker = ((ExtendedActorSystem)context.System).Provider.CreateFutureRef(
            new TaskCompletionSource<object>());
        return Join(new Thread(() => asker.Tell("answer", ActorRefs.NoSender)));
    }

    private static Task ThreadThatPosts(IActorContext context)
    {
        SynchronizationContext node = SimulatedSystem.WorldOf(context.System)!.SynchronizationContextOf(0);
        return Join(new Thread(() =>
        {
            node.Post(static _ => { }, null);
            node.Send(static _ => { }, null);
        }));
    }

    private static Task ThreadThatStartsATask(IActorContext context)
    {
        TaskScheduler node = TaskScheduler.Current;
        return Join(new Thread(() => new Task(static () => { }).Start(node)));
    }

    private static Task Join(Thread thread)
    {
        thread.Start();
        thread.Join();
        return Task.CompletedTask;
    }

    private static async Task SetTimer(IActorContext context)
    {
        await using Timer timer = new(static _ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
    }

    private static Task CancelAfter(IActorContext context)
    {
        using CancellationTokenSource source = new();
        source.CancelAfter(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    private static Task TimedToken(IActorContext context)
    {
        using CancellationTokenSource source = new(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    private static async Task SetPeriodicTimer(IActorContext context)
    {
        using PeriodicTimer timer = new(TimeSpan.FromHours(1));
        await Task.CompletedTask;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task LeavingAwait(IActorContext context)
    {
        TaskCompletionSource promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = WaitFor(promise.Task);
        promise.SetResult();
        await waiting;
    }

    private static async Task WaitFor(Task task) => await task.ConfigureAwait(false);

    private static async Task ReadSocket(IActorContext context)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        using Socket server = listener.Accept();
        ValueTask<int> reading = client.ReceiveAsync(new byte[1].AsMemory());
        server.Send([1]);
        await reading;
    }

    private static async Task ReadFile(IActorContext context)
    {
        await using FileStream file = new(
            typeof(Departures).Assembly.Location, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        _ = await file.ReadAsync(new byte[16].AsMemory());
    }
}
