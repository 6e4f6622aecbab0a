using System.Runtime.CompilerServices;

namespace ActorP2P.Actors.Tests.Dispatch;

public sealed class WatchdogLeakTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_thread_that_the_watchdog_has_looked_at_does_not_keep_the_ended_system()
    {
        using var stay = new ManualResetEventSlim();
        using var looked = new ManualResetEventSlim();
        WeakReference? system = null;
        var thread = new Thread(() =>
        {
            system = LookAtTurnOnThisThread();
            looked.Set();
            // As the pool's threads do, it outlives the system.
            stay.Wait(s_patience);
        });
        thread.Start();
        Assert.True(looked.Wait(s_patience));

        bool collected = SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !system!.IsAlive;
            },
            s_patience);

        stay.Set();
        thread.Join();
        Assert.True(collected);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LookAtTurnOnThisThread()
    {
        ActorSystem system = ActorSystem.Create("short");
        using var watchdog = new BlockingWatchdog(system, TimeSpan.FromHours(1));
        bool ran = false;
        IActorRef actor = system.ActorOf(new Hooks
        {
            Receive = (_, _) =>
            {
                watchdog.Look();
                Volatile.Write(ref ran, true);
            },
        }.ToProps());
        actor.Ask<ActorIdentity>(new Identify(1), s_patience).Wait(s_patience);
        SpinWait.SpinUntil(
            () =>
            {
                actor.TellAndRun("look", ActorRefs.NoSender);
                return Volatile.Read(ref ran);
            },
            s_patience);
        system.Terminate().Wait(s_patience);
        return new WeakReference(system);
    }
}
