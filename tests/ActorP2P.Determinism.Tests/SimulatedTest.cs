using Akka.Configuration;

namespace ActorP2P.Determinism.Tests;

/// <summary>One system in a simulation, and what its actors report.</summary>
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
