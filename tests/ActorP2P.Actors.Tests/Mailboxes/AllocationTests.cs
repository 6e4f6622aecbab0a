using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Mailboxes;

/// <summary>What a message and an actor cost the heap. Alone, for the heap is everybody's.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    // A round fits into the one chunk that an empty mailbox keeps, so that no burst makes new ones.
    private const int Rounds = 2_000;
    private const int RoundTells = 50;
    private const int Tells = Rounds * RoundTells;

    // The smallest object has 24 bytes. Half of one leaves room for what the rounds and the runtime's own threads make.
    private const int MostPerTell = 12;

    private const int Actors = 10_000;

    // 600 is the aim, and the collector rounds a little.
    private const int MostPerActor = 620;

    [Fact]
    public async Task A_message_to_a_warm_actor_allocates_nothing()
    {
        using ActorSystem system = ActorSystem.Create("allocation");
        RoundCounter counter = new();
        IActorRef actor = system.ActorOf(Props.CreateBy(counter));
        object message = new();
        for (int i = 0; i < 20; i++)
        {
            await TellAsync();
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Rounds; i++)
        {
            await TellAsync();
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        output.WriteLine($"{allocated} bytes for {Tells} tells");
        Assert.InRange(allocated, 0, (long)MostPerTell * Tells);

        Task TellAsync()
        {
            Task handled = counter.Expect(RoundTells);
            for (int i = 0; i < RoundTells; i++)
            {
                actor.Tell(message, ActorRefs.NoSender);
            }

            return handled;
        }
    }

    [Fact]
    public async Task An_idle_actor_is_small()
    {
        // Once before, so that what the process makes once is there: the thread pool's queues are as long as the burst.
        await SpawnAsync("warm");
        long each = await SpawnAsync("idle");

        output.WriteLine($"{each} bytes an actor");
        Assert.InRange(each, 100, MostPerActor);
    }

    private static async Task<long> SpawnAsync(string name)
    {
        ActorSystem system = ActorSystem.Create(name);
        RoundCounter counter = new();
        Props props = Props.CreateBy(counter);
        IActorRef[] actors = new IActorRef[Actors];
        Task handled = counter.Expect(Actors);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Actors; i++)
        {
            actors[i] = system.ActorOf(props);
            actors[i].Tell("x", ActorRefs.NoSender);
        }

        await handled;
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Actors;
        GC.KeepAlive(actors);
        await system.Terminate();
        return each;
    }

    /// <summary>Makes actors that count what they handle, together.</summary>
    private sealed class RoundCounter : IIndirectActorProducer
    {
        private TaskCompletionSource _all = new();
        private int _left;

        public Type ActorType => typeof(Counting);

        public Task Expect(int messages)
        {
            _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, messages);
            return _all.Task;
        }

        public ActorBase Produce() => new Counting(this);

        public void Release(ActorBase actor)
        {
            // The counter outlives its actors.
        }

        private void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _all.SetResult();
            }
        }

        private sealed class Counting(RoundCounter counter) : UntypedActor
        {
            protected override void OnReceive(object message) => counter.Count();
        }
    }
}
