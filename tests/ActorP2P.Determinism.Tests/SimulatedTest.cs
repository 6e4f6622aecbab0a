using Akka.Configuration;

namespace ActorP2P.Determinism.Tests;

/// <summary>One actor system in a simulation, and the reports of its actors.</summary>
public abstract class SimulatedTest
{
    protected SimulatedWorld World { get; } = new(1);

    protected List<string> Said { get; } = [];

    protected ActorSystem NewSystem(string config = "") =>
        SimulatedSystem.Create(World, "node", new SimulatedSystemOptions
    {
        Config = ConfigurationFactory.ParseString(config),
    });
}
