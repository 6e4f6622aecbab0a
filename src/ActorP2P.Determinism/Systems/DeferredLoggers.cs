using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace ActorP2P.Determinism;

/// <summary>
/// Starts the loggers of a configuration after their system has been made. Akka itself waits for each logger while it
/// makes the system, and in a simulation nothing would answer.
/// </summary>
internal static class DeferredLoggers
{
    public static void Start(ActorSystem system, Config given)
    {
        IList<string> names = given.HasPath("akka.loggers") ? given.GetStringList("akka.loggers") : [];
        LogLevel least = Logging.LogLevelFor(system.Settings.LogLevel);
        for (int number = 0; number < names.Count; number++)
        {
            Type type = Type.GetType(names[number]) ?? typeof(ActorSystem).Assembly.GetType(names[number])
                ?? throw new ConfigurationException(
                    $"akka.loggers names the type '{names[number]}', which cannot be found.");
            IActorRef logger = ((ExtendedActorSystem)system).SystemActorOf(
                Props.Create(type), $"log{number + 1}-{type.Name}");
            logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
            foreach (LogLevel level in Enum.GetValues<LogLevel>())
            {
                if (level >= least)
                {
                    system.EventStream.Subscribe(logger, Logging.ClassFor(level));
                }
            }
        }
    }
}
