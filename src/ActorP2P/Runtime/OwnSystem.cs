using Akka.Configuration;

namespace ActorP2P;

/// <summary>The actor system of a node that is not given one.</summary>
internal static class OwnSystem
{
    // A library says nothing on the console but what is wrong. Messages that nobody handles are a matter of course while a node
    // stops, and are told so by the node itself; the process is the application's to end.
    private static readonly Config s_settings = ConfigurationFactory.ParseString("""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown.exit-clr = off
        }
        """);

    public static ActorSystem Create() =>
        ActorSystem.Create("actorp2p", BootstrapSetup.Create().WithConfig(s_settings).And(AkkaIoLogFilter.Setup));
}
