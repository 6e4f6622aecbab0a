using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>The settings of a simulated system that override the user's, and those that the user's override.</summary>
internal static class SystemSettings
{
    // One message for each turn explores the most orders. Without shuffling the order is the same for any number, and a
    // larger number is cheaper.
    private const int ShuffledThroughput = 1;
    private const int OrderedThroughput = 30;

    /// <summary>The name of the executor that uses the node's queue.</summary>
    public static string Executor { get; } = NameOf(typeof(SimulatedExecutorConfigurator));

    /// <summary>The settings that override the user's, because a simulation needs them.</summary>
    /// <param name="options">The options of the world.</param>
    /// <param name="keepsScheduler">Whether the user's scheduler stays.</param>
    public static Config Forced(SimulationOptions options, bool keepsScheduler = false)
    {
        int throughput = options.Shuffle ? ShuffledThroughput : OrderedThroughput;
        string scheduler = keepsScheduler ? "" : $"scheduler.implementation = \"{NameOf(typeof(SimulatedScheduler))}\"";
        return ConfigurationFactory.ParseString($$"""
            akka {
              # Akka waits for its loggers while it starts, with nobody to run them; they are started afterwards.
              loggers = []
              {{scheduler}}
              actor {
                provider = "{{NameOf(typeof(SimulatedActorRefProvider))}}"
                default-dispatcher {
                  type = "{{NameOf(typeof(SimulatedDispatcherConfigurator))}}"
                  # For dispatchers of the user's own types, which fall back to this block.
                  executor = "{{Executor}}"
                  throughput = {{throughput}}
                  # Any other value is compared with the age of the process.
                  throughput-deadline-time = 0ms
                }
                internal-dispatcher = akka.actor.default-dispatcher
                default-blocking-io-dispatcher = akka.actor.default-dispatcher
                synchronized-dispatcher = akka.actor.default-dispatcher
                task-dispatcher = akka.actor.default-dispatcher
                default-fork-join-dispatcher = akka.actor.default-dispatcher
              }
              io.pinned-dispatcher = akka.actor.default-dispatcher
              coordinated-shutdown {
                # These would install a handler of the process, or end it.
                run-by-clr-shutdown-hook = off
                exit-clr = off
              }
            }
            """);
    }

    /// <summary>The settings that suit a simulation and that the user's override.</summary>
    public static Config Defaults { get; } = ConfigurationFactory.ParseString("""
        akka {
          stdout-loglevel = OFF
          loglevel = WARNING
          log-dead-letters = off
          log-serializer-override-on-start = off
          coordinated-shutdown.run-by-actor-system-terminate = off
        }
        """);

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
