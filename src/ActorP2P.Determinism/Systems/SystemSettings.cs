using Akka.Configuration;

namespace ActorP2P.Determinism;

/// <summary>What a simulated system is configured with, above and below what the user says.</summary>
internal static class SystemSettings
{
    // One message for each turn explores most; without shuffling the order is the same for any number, and more is cheaper.
    private const int ShuffledThroughput = 1;
    private const int OrderedThroughput = 30;

    /// <summary>Above the user's configuration: what nothing can be simulated without.</summary>
    public static Config Forced(SimulationOptions options)
    {
        int throughput = options.Shuffle ? ShuffledThroughput : OrderedThroughput;
        return ConfigurationFactory.ParseString($$"""
            akka {
              # Akka waits for its loggers while it starts, with nobody to run them; they are started afterwards.
              loggers = []
              scheduler.implementation = "{{NameOf(typeof(SimulatedScheduler))}}"
              actor {
                provider = "{{NameOf(typeof(SimulatedActorRefProvider))}}"
                default-dispatcher {
                  type = "{{NameOf(typeof(SimulatedDispatcherConfigurator))}}"
                  executor = ""
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

    /// <summary>Below the user's configuration: what suits a simulation and may be said otherwise.</summary>
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
