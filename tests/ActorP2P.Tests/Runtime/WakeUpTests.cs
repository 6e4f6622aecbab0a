using ActorP2P.Tests.Flow;

namespace ActorP2P.Tests.Runtime;

/// <summary>The node's mailbox under Akka's own dispatcher, in real time.</summary>
public sealed class WakeUpTests
{
    // The test reaches this limit only when something hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task No_wake_up_is_lost_at_the_end_of_a_turn()
    {
        int messages = Scale.Of(usually: 200_000, whole: 1_000_000);
        using ActorSystem system = ActorSystem.Create("wakeups", "akka.loglevel = WARNING");
        NodeMailbox.Register(system);
        Progress progress = new();
        IActorRef actor = system.ActorOf(ActorFactory.Of(() => new Counter(progress)));
        Thread sender = new(() => SendEachWhenTheLastIsTaken(actor, progress, messages)) { IsBackground = true };

        sender.Start();
        int last = await progress.WhenAt(messages).WaitAsync(s_guard);

        Assert.Equal(messages, last);
        await system.Terminate().WaitAsync(s_guard);
    }

    private static void SendEachWhenTheLastIsTaken(IActorRef actor, Progress progress, int messages)
    {
        object message = new();
        for (int number = 0; number < messages; number++)
        {
            SpinWait taken = default;
            while (Volatile.Read(ref progress.Taken) < number)
            {
                taken.SpinOnce(sleep1Threshold: -1);
            }

            actor.Tell(message, ActorRefs.NoSender);
        }
    }

    private sealed class Progress
    {
        private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _goal = int.MaxValue;

        public int Taken;

        public Task<int> WhenAt(int goal)
        {
            Volatile.Write(ref _goal, goal);
            return _end.Task;
        }

        public void Take()
        {
            int taken = Interlocked.Increment(ref Taken);
            if (taken >= Volatile.Read(ref _goal))
            {
                _end.TrySetResult(taken);
            }
        }
    }

    private sealed class Counter(Progress progress) : UntypedActor
    {
        protected override void OnReceive(object message) => progress.Take();
    }
}
