using System.Runtime.CompilerServices;
using Akka.Actor.Dsl;
using Akka.Configuration;
using Akka.Routing;

namespace ActorP2P.Determinism.Tests;

public sealed class RouterIdiomTests
{
    private const int Routees = 3;

    [Fact]
    public void A_round_robin_pool_takes_turns() => Idiom.Holds(async scene =>
    {
        await SendTo(scene, new RoundRobinPool(Routees), 6);
        Assert.Equal([2, 2, 2], Shares(scene));
    });

    [Fact]
    public void A_random_pool_draws_from_the_seed() => Idiom.Holds(async scene =>
    {
        await SendTo(scene, new RandomPool(Routees), 60);
        Assert.Equal(60, Shares(scene).Sum());
        Assert.Equal(Routees, Shares(scene).Length);
    });

    [Fact]
    public void A_random_pool_told_outside_of_a_run_repeats()
    {
        Assert.Equal(Told(seed: 1), Told(seed: 1));
        Assert.NotEqual(Told(seed: 1), Told(seed: 2));

        static string Told(ulong seed)
        {
            Scene scene = new(seed, new SimulationOptions(), null);
            IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(new RandomPool(Routees)));
            for (int i = 0; i < 30; i++)
            {
                router.Tell(i);
            }
            scene.World.RunFor(TimeSpan.FromSeconds(1));
            return string.Join(", ", scene.Said);
        }
    }

    [Fact]
    public void A_broadcast_pool_tells_all() => Idiom.Holds(async scene =>
    {
        await SendTo(scene, new BroadcastPool(Routees), 4);
        Assert.Equal([4, 4, 4], Shares(scene));
    });

    [Fact]
    public void A_consistent_hash_pool_keeps_to_the_key() => Idiom.Holds(async scene =>
    {
        IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(
            new ConsistentHashingPool(Routees).WithHashMapping(static message => $"{message}")));
        for (int i = 0; i < 12; i++)
        {
            router.Tell(i % 4);
        }
        await scene.PassSeconds(1);
        Assert.Equal(12, scene.Said.Count);
        Assert.Equal(4, scene.Said.Distinct().Count());
    });

    [Fact]
    public void A_smallest_mailbox_pool_answers() => Idiom.Holds(async scene =>
    {
        await SendTo(scene, new SmallestMailboxPool(Routees), 6);
        Assert.Equal(6, scene.Said.Count);
    });

    [Fact]
    public void A_group_routes_to_paths() => Idiom.Holds(async scene =>
    {
        string[] paths = [.. Enumerable.Range(0, Routees).Select(number =>
            scene.System.ActorOf(Routee(scene), $"routee{number}").Path.ToStringWithoutAddress())];
        IActorRef router = scene.System.ActorOf(Props.Empty.WithRouter(new RoundRobinGroup(paths)));
        for (int i = 0; i < 6; i++)
        {
            router.Tell(i);
        }
        await scene.PassSeconds(1);
        Assert.Equal([2, 2, 2], Shares(scene));
    });

    [Fact]
    public void A_router_may_come_from_the_configuration() => Idiom.Holds(
        async scene =>
        {
            IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(FromConfig.Instance), "pool");
            for (int i = 0; i < 6; i++)
            {
                router.Tell(i);
            }
            await scene.PassSeconds(1);
            Assert.Equal([2, 2, 2], Shares(scene));
        },
        new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString(
                "akka.actor.deployment./pool { router = round-robin-pool, nr-of-instances = 3 }"),
        });

    [Fact]
    public void Scatter_gather_gives_the_first_answer() => Idiom.Holds(async scene =>
    {
        StrongBox<int> started = new();
        IActorRef router = scene.System.ActorOf(Props.Create(() => new Slow(scene, started)).WithRouter(
            new ScatterGatherFirstCompletedPool(Routees, null, Timeout.InfiniteTimeSpan, null, null)));
        Assert.Equal(1, await router.Ask<int>("?"));
        Assert.Equal(TimeSpan.FromMinutes(1), scene.Now);
    });

    [Fact]
    public void Scatter_gather_fails_after_its_limit() => Idiom.Holds(async scene =>
    {
        IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(
            new ScatterGatherFirstCompletedPool(Routees, TimeSpan.FromHours(1))));
        await Assert.ThrowsAsync<AskTimeoutException>(() => router.Ask<int>("?"));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void Tail_chopping_asks_the_next_in_virtual_time() => Idiom.Holds(async scene =>
    {
        StrongBox<int> started = new();
        IActorRef router = scene.System.ActorOf(Props.Create(() => new Slow(scene, started)).WithRouter(
            new TailChoppingPool(Routees, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10))));
        // The routees answer after 1, 2 and 3 minutes; the router asks the next one every 10 seconds.
        Assert.Equal(1, await router.Ask<int>("?"));
        Assert.InRange(scene.Now, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(80));
        scene.Say("answered");
    });

    [Fact]
    public void Tail_chopping_fails_after_its_limit() => Idiom.Holds(async scene =>
    {
        IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(
            new TailChoppingPool(Routees, TimeSpan.FromHours(1), TimeSpan.FromSeconds(10))));
        await Assert.ThrowsAsync<AskTimeoutException>(() => router.Ask<int>("?"));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
        Assert.Equal(Routees, scene.Said.Count);
    });

    [Fact]
    public void A_tail_chopping_group_may_be_configured() => Idiom.Holds(
        async scene =>
        {
            StrongBox<int> started = new();
            foreach (string name in new[] { "r1", "r2" })
            {
                scene.System.ActorOf(Props.Create(() => new Slow(scene, started)), name);
            }
            IActorRef router = scene.System.ActorOf(Props.Empty.WithRouter(FromConfig.Instance), "group");
            scene.Say(await router.Ask<int>("?"));
        },
        new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString("""
                akka.actor.deployment./group {
                  router = tail-chopping-group, routees.paths = [/user/r1, /user/r2], within = 1h
                  tail-chopping-router.interval = 10s
                }
                """),
        });

    [Fact]
    public void A_resizer_grows_its_pool() => Idiom.Holds(async scene =>
    {
        DefaultResizer resizer = new(1, 5, pressureThreshold: 1, rampupRate: 1, messagesPerResize: 1);
        IActorRef router = scene.System.ActorOf(Props.Create(() => new Slow(scene, new StrongBox<int>()))
            .WithRouter(new RoundRobinPool(1, resizer)));
        for (int i = 0; i < 30; i++)
        {
            router.Tell(i);
            await scene.PassSeconds(1);
        }
        Assert.Equal(5, (await router.Ask<Akka.Routing.Routees>(GetRoutees.Instance)).Members.Count());
    });

    [Fact]
    public void Routees_come_and_go_by_management_messages() => Idiom.Holds(async scene =>
    {
        IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(new RoundRobinPool(1)));
        router.Tell(new AdjustPoolSize(3));
        await scene.PassSeconds(1);
        Assert.Equal(4, (await router.Ask<Akka.Routing.Routees>(GetRoutees.Instance)).Members.Count());
        router.Tell(new Broadcast("all"));
        await scene.PassSeconds(1);
        Assert.Equal(4, scene.Said.Count);
    });

    private static async Task SendTo(Scene scene, RouterConfig config, int messages)
    {
        IActorRef router = scene.System.ActorOf(Routee(scene).WithRouter(config), "router");
        for (int i = 0; i < messages; i++)
        {
            router.Tell(i);
        }
        await scene.PassSeconds(1);
    }

    private static int[] Shares(Scene scene) =>
        [.. scene.Said.CountBy(static said => said.Split(' ')[0]).Select(static pair => pair.Value)];

    private static Props Routee(Scene scene) => Props.Create(() => new Named(scene));

    private sealed class Named(Scene scene) : UntypedActor
    {
        protected override void OnReceive(object message) => scene.Say($"{Self.Path.Name} {message}");
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow(Scene scene, StrongBox<int> started)
        {
            int mine = ++started.Value;
            ReceiveAnyAsync(async _ =>
            {
                IActorRef asker = Sender;
                await Task.Delay(TimeSpan.FromMinutes(mine), scene.Time);
                asker.Tell(mine);
            });
        }
    }
}
