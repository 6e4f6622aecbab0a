using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Makes simulated systems for a kit.</summary>
internal static class KitSystem
{
    private const string Loggers = "akka.loggers";
    private const string TestActors = "akka.test.test-actor.dispatcher";

    /// <summary>More configurations than a suite of tests has.</summary>
    private const int MaxKnown = 256;

    private static readonly ConditionalWeakTable<ActorSystem, object> s_heard = [];
    private static readonly ConcurrentDictionary<string, Config> s_known = new(StringComparer.Ordinal);

    // Overrides the user's settings: the handling of base-typed waits learns their durations from the kit's own log
    // lines.
    private static readonly Config s_forced = ConfigurationFactory.ParseString("akka.test.testkit.debug = on");

    // The user's settings override these: values of akka.conf on which tests rely without setting them.
    private static readonly Config s_defaults = ConfigurationFactory.ParseString("""
        akka {
          loglevel = INFO
          log-dead-letters = 10
        }
        """);

    // The test actor handles a message inside the call that sends it.
    private static readonly Config s_inline =
        ConfigurationFactory.ParseString($"id = \"{TestActors}\", throughput = {int.MaxValue}");

    /// <summary>
    /// Makes a system with a configuration alone. Systems of equal configurations share what was read of it.
    /// </summary>
    public static ActorSystem Create(SimulatedWorld world, string name, Config users)
    {
        ArgumentNullException.ThrowIfNull(users);
        if (IsMovedByTest(users))
        {
            return Create(world, name, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(users)));
        }
        string text = users.ToString(true);
        if (!s_known.TryGetValue(text, out Config? all))
        {
            all = Complete(users);
            if (s_known.Count < MaxKnown)
            {
                s_known.TryAdd(text, all);
            }
        }
        return Create(world, name, users, new SimulatedSystemOptions { Config = all });
    }

    public static ActorSystem Create(SimulatedWorld world, string name, ActorSystemSetup setup)
    {
        Config users = setup.Get<BootstrapSetup>() is { HasValue: true, Value.Config: { HasValue: true } config }
            ? config.Value
            : Config.Empty;
        return Create(world, name, users, new SimulatedSystemOptions
        {
            Setup = setup,
            Config = Complete(users),
            KeepsScheduler = IsMovedByTest(users),
        });
    }

    private static ActorSystem Create(SimulatedWorld world, string name, Config users, SimulatedSystemOptions options)
    {
        ActorSystem system = SimulatedSystem.Create(world, name, options);
        if (NamesOf(users).Any(IsListener))
        {
            s_heard.Add(system, system);
        }
        ListenToLog(system, WorldPump.Of(world));
        return system;
    }

    private static Config Complete(Config users) => s_forced
        .WithFallback(OtherLoggers(users))
        .WithFallback(users)
        .WithFallback(Akka.TestKit.Xunit2.TestKit.DefaultConfig)
        .WithFallback(s_defaults);

    /// <summary>
    /// Makes test actors of a system run inline and adds their messages to its trace. Call it before the first is made.
    /// </summary>
    public static void UseInlineTestActors(ActorSystem system) => system.Dispatchers.RegisterConfigurator(
        TestActors, new InlineDispatcherConfigurator(s_inline, system.Dispatchers.Prerequisites));

    /// <summary>Passes the log events to the filters, unless a listener does so already.</summary>
    public static void ListenToLog(ActorSystem system, WorldPump pump)
    {
        if (!s_heard.TryAdd(system, system))
        {
            return;
        }
        string name = $"log-filter-{pump.NextTestActor()}";
        IActorRef listener = ((ExtendedActorSystem)system).SystemActorOf(Props.Create<SimulatedEventListener>(), name);
        listener.Tell(new InitializeLogger(system.EventStream), ActorRefs.Nobody);
        system.EventStream.Subscribe(listener, typeof(LogEvent));
    }

    /// <summary>The user's loggers without Akka's own listener, which would print to the console.</summary>
    private static Config OtherLoggers(Config users)
    {
        IEnumerable<string> names = NamesOf(users).Where(static one => Type.GetType(one) != typeof(TestEventListener));
        string list = string.Join(", ", names.Select(static one => $"\"{one}\""));
        return ConfigurationFactory.ParseString($"{Loggers} = [{list}]");
    }

    /// <summary>
    /// Whether the scheduler is Akka's <see cref="TestScheduler"/>:
    /// the test moves it, and it needs no clock and no thread.
    /// </summary>
    private static bool IsMovedByTest(Config users) =>
        users.GetString("akka.scheduler.implementation", null) is { } name && Type.GetType(name) is { } type
            && typeof(TestScheduler).IsAssignableFrom(type);

    private static IList<string> NamesOf(Config config) => config.HasPath(Loggers) ? config.GetStringList(Loggers) : [];

    private static bool IsListener(string name) =>
        Type.GetType(name) is { } type && type != typeof(TestEventListener)
            && typeof(TestEventListener).IsAssignableFrom(type);
}
