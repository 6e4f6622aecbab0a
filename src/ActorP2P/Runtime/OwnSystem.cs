using Akka.Configuration;

namespace ActorP2P;

/// <summary>The actor system of a node that was not given one.</summary>
internal static class OwnSystem
{
    // A library writes only warnings and errors to the console. Unhandled messages are normal while a
    // node stops, and the node takes care of them itself. The application decides about the process and
    // its signals: Akka's own hook would stop the node on Ctrl+C before the application knows of it.
    private static readonly Config s_settings = ConfigurationFactory.ParseString("""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
          }
        }
        """);

    public static ActorSystem Create() =>
        ActorSystem.Create("actorp2p", BootstrapSetup.Create().WithConfig(s_settings).And(AkkaIoLogFilter.Setup));
}
