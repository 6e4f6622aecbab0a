namespace ActorP2P.Actors.Tests.Mailboxes;

/// <summary>
/// Contended tells, watches and stops: each must be handled or counted, or a wake-up was lost. The environment variable
/// ACTORP2P_STRESS_TELLS makes the short run as long as wanted.
/// </summary>
public sealed class MailboxStressTests
{
    private const int Producers = 4;
    private const int Actors = 16;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_wake_up_is_lost_between_contending_tells_watches_and_stops()
    {
        long tells = long.TryParse(Environment.GetEnvironmentVariable("ACTORP2P_STRESS_TELLS"), out long asked)
            ? asked
            : 1_000_000;
        using var system = ActorSystem.Create("stress");
        var handled = new long[Actors];
        var actors = new IActorRef[Actors];
        for (int i = 0; i < Actors; i++)
        {
            actors[i] = Counter(system, handled, i);
        }
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(
            producer => Task.Run(() => Produce(system, actors, handled, producer, tells / Producers))));
        foreach (IActorRef actor in actors)
        {
            // A lost wake-up would leave its actor asleep with messages waiting, and this would time out.
            Assert.True(await actor.GracefulStop(s_patience));
        }
        long expected = tells / Producers * Producers;
        // Every actor took its own PoisonPill, so that dead letters are lost tells only.
        Assert.Equal(expected, handled.Sum() + system.DeadLetterCount);
    }

    private static void Produce(ActorSystem system, IActorRef[] actors, long[] handled, int producer, long count)
    {
        var random = new Random(producer);
        using var inbox = Inbox.Create(system);
        for (long i = 0; i < count; i++)
        {
            int target = random.Next(Actors);
            actors[target].Tell("x", ActorRefs.NoSender);
            if (i % 50_000 == 49_999 && target % Producers == producer)
            {
                inbox.Watch(actors[target]);
                system.Stop(actors[target]);
                Assert.IsType<Terminated>(inbox.Receive(s_patience));
                actors[target] = Counter(system, handled, target);
            }
            else if (i % 1_000 == 0)
            {
                // So many idle moments are what a lost wake-up needs.
                Thread.Yield();
            }
        }
    }

    private static IActorRef Counter(ActorSystem system, long[] handled, int index) => system.ActorOf(new Hooks
    {
        Receive = (_, _) => Interlocked.Increment(ref handled[index]),
    }.ToProps());
}
