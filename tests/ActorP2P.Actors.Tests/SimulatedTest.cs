namespace ActorP2P.Actors.Tests;

/// <summary>One system in a simulation, and what its actors report.</summary>
public abstract class SimulatedTest
{
    protected DeterministicScheduler Scheduler { get; } = new(1);

    protected List<string> Said { get; } = [];

    protected ActorSystem NewSystem(EngineSetup? setup = null, string config = "")
    {
        setup ??= new EngineSetup();
        return ActorSystem.Create("node", new EngineSetup
        {
            Deterministic = Scheduler,
            Config = ConfigurationFactory.ParseString(config),
            Mailboxes = setup.Mailboxes,
        });
    }

    protected IActorRef Scribe(ActorSystem system, Func<object, string> words)
    {
        Action<object> tell = message => Said.Add(words(message));
        return system.ActorOf(Props.Create(() => new Conformance.Scribe(tell)));
    }

    protected void Listen<T>(ActorSystem system, Func<T, string> words)
        where T : class => system.EventStream.Subscribe(Scribe(system, message => words((T)message)), typeof(T));
}
