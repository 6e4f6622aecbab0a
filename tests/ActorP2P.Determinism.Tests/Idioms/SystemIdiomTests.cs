using System.Net;
using Akka.Actor.Dsl;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.IO;

namespace ActorP2P.Determinism.Tests;

/// <summary>Dispatchers, mailboxes, extensions, setups and loggers of an actor system.</summary>
public sealed class SystemIdiomTests
{
    private const string Own = """
        my-dispatcher { type = Dispatcher, throughput = 5 }
        my-pinned { type = PinnedDispatcher }
        my-fork-join { type = ForkJoinDispatcher, dedicated-thread-pool.thread-count = 3 }
        my-channel { executor = channel-executor }
        my-bounded { mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka", mailbox-capacity = 2,
          mailbox-push-timeout-time = 10s }
        my-own-type { type = "ActorP2P.Determinism.Tests.OwnDispatcherConfigurator, ActorP2P.Determinism.Tests" }
        my-own-fork-join { type = "ActorP2P.Determinism.Tests.OwnDispatcherConfigurator, ActorP2P.Determinism.Tests"
          executor = fork-join-executor }
        my-priority { mailbox-type = "ActorP2P.Determinism.Tests.LowFirstMailbox, ActorP2P.Determinism.Tests" }
        """;

    private static readonly SimulatedSystemOptions s_own = new() { Config = ConfigurationFactory.ParseString(Own) };

    [Fact]
    public void Threaded_dispatchers_run_on_the_node() => Idiom.Holds(
        async scene =>
        {
            int thread = Environment.CurrentManagedThreadId;
            foreach (string dispatcher in new[] { "my-dispatcher", "my-pinned", "my-fork-join", "my-channel" })
            {
                IActorRef actor = scene.System.ActorOf(
                    Props.Create(() => new WhichThread()).WithDispatcher(dispatcher));
                Assert.Equal(thread, await actor.Ask<int>("?"));
            }
            Assert.NotSame(scene.System.Dispatchers.Lookup("my-pinned"), scene.System.Dispatchers.Lookup("my-pinned"));
            Assert.Same(scene.System.Dispatchers.Lookup("my-channel"), scene.System.Dispatchers.Lookup("my-channel"));
        },
        s_own);

    [Fact]
    public void A_dispatcher_of_ones_own_type_runs_on_the_node() => Idiom.Holds(
        async scene =>
        {
            int thread = Environment.CurrentManagedThreadId;
            foreach (string dispatcher in new[] { "my-own-type", "my-own-fork-join" })
            {
                Assert.IsType<OwnDispatcher>(scene.System.Dispatchers.Lookup(dispatcher));
                IActorRef actor = scene.System.ActorOf(
                    Props.Create(() => new WhichThread()).WithDispatcher(dispatcher));
                Assert.Equal(thread, await actor.Ask<int>("?"));
            }
        },
        s_own);

    [Fact]
    public void A_priority_mailbox_gives_back_what_was_unstashed() => Idiom.Holds(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(Props.Create(() => new Late(scene)).WithMailbox("my-priority"));
            foreach (int number in new[] { 3, 1, 2 })
            {
                actor.Tell(number);
            }
            actor.Tell("begin");
            await scene.PassSeconds(1);
            Assert.Equal(3, scene.Said.Count);
        },
        s_own);

    [Fact]
    public void A_priority_mailbox_orders_what_waits() => Idiom.Holds(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(Props.Create(() => new Slow(scene)).WithMailbox("my-priority"));
            actor.Tell(9);
            await scene.Pass(TimeSpan.FromMilliseconds(1));
            foreach (int number in new[] { 3, 1, 2 })
            {
                actor.Tell(number);
            }
            await scene.PassSeconds(10);
            Assert.Equal(["9 at 0", "1 at 1", "2 at 2", "3 at 3"], scene.Said);
        },
        s_own);

    [Fact]
    public void A_full_bounded_mailbox_drops_at_once() => Idiom.Holds(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(Props.Create(() => new Slow(scene)).WithMailbox("my-bounded"));
            actor.Tell(0);
            await scene.Pass(TimeSpan.FromMilliseconds(1));
            foreach (int number in new[] { 1, 2, 3, 4 })
            {
                actor.Tell(number);
            }
            await scene.PassSeconds(10);
            Assert.Equal(["0 at 0", "1 at 1", "2 at 2"], scene.Said);
        },
        s_own);

    [Fact]
    public void Extensions_are_made_once_for_each_system() => Idiom.Holds(scene =>
    {
        Counted first = scene.System.WithExtension<Counted, CountedProvider>();
        Assert.Same(first, scene.System.WithExtension<Counted, CountedProvider>());
        Assert.NotSame(first, new Scene(1, new(), null).System.WithExtension<Counted, CountedProvider>());
        return Task.CompletedTask;
    });

    [Fact]
    public void A_setup_reaches_its_system() => Idiom.Holds(
        scene =>
        {
            Assert.Equal("hello", scene.System.Settings.Setup.Get<Greeting>().Value.Text);
            Assert.Equal(7, scene.System.Settings.Config.GetInt("my.number"));
            return Task.CompletedTask;
        },
        new SimulatedSystemOptions
        {
            Setup = ActorSystemSetup.Create(
                new Greeting("hello"),
                BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("my.number = 7"))),
        });

    [Fact]
    public void A_logger_of_the_configuration_hears_the_actors() => Idiom.Holds(
        async scene =>
        {
            HearingLogger.Heard.Value = [];
            scene.System.ActorOf(act => act.ReceiveAny((_, context) => context.GetLogger().Warning("careful"))).Tell(1);
            await scene.PassSeconds(1);
            Assert.Equal(["careful"], HearingLogger.Heard.Value);
        },
        new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString(
                "akka.loggers = [\"ActorP2P.Determinism.Tests.HearingLogger, ActorP2P.Determinism.Tests\"]"),
        });

    [Fact]
    public void The_forced_settings_win_over_the_users() => Idiom.Holds(
        async scene =>
        {
            IActorRef actor = scene.System.ActorOf(Props.Create(() => new WhichThread()));
            Assert.Equal(Environment.CurrentManagedThreadId, await actor.Ask<int>("?"));
        },
        new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString("""
                akka.actor.default-dispatcher { type = ForkJoinDispatcher, throughput-deadline-time = 1s }
                akka.scheduler.implementation = "Akka.Actor.HashedWheelTimerScheduler, Akka"
                """),
        });

    [Fact]
    public void A_configured_provider_is_not_used()
    {
        ActorSystem system = SimulatedSystem.Create(new SimulatedWorld(1), "node", new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString("akka.actor.provider = cluster"),
        });
        Assert.IsType<SimulatedActorRefProvider>(((ExtendedActorSystem)system).Provider);
    }

    [Fact]
    public void Akka_IO_is_reported() => Idiom.Leaks(
        async scene =>
        {
            IPEndPoint any = new(IPAddress.Loopback, 0);
            IActorRef listener = scene.System.ActorOf(act => act.ReceiveAny((_, _) => { }));
            scene.System.Tcp().Tell(new Tcp.Bind(listener, any), listener);
            await scene.PassSeconds(1);
        },
        "Akka.IO");

    [Fact]
    public void Several_systems_share_a_world() => Idiom.Holds(async scene =>
    {
        ActorSystem other = SimulatedSystem.Create(scene.World, "other", new SimulatedSystemOptions { Node = 1 });
        IActorRef there = other.ActorOf(act => act.ReceiveAny((message, context) => context.Sender.Tell(message)));
        IActorRef here = scene.System.ActorOf(act => act.ReceiveAny((message, _) => there.Forward(message)));
        Assert.Equal("around", await here.Ask<string>("around"));
        Assert.Equal(1, SimulatedSystem.NodeOf(other));
        Assert.Same(scene.World, SimulatedSystem.WorldOf(other));
    });

    private sealed class WhichThread : ReceiveActor
    {
        public WhichThread() => ReceiveAny(_ => Sender.Tell(Environment.CurrentManagedThreadId));
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow(Scene scene) => ReceiveAsync<int>(async number =>
        {
            scene.Say(number);
            await Task.Delay(TimeSpan.FromSeconds(1), scene.Time);
        });
    }

    private sealed class Greeting(string text) : Setup
    {
        public string Text => text;
    }

    private sealed class Counted : IExtension;

    private sealed class CountedProvider : ExtensionIdProvider<Counted>
    {
        public override Counted CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Late : ReceiveActor, IWithUnboundedStash
    {
        public Late(Scene scene)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(_ =>
            {
                Stash.UnstashAll();
                Become(() => Receive<int>(number => scene.Say(number)));
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
