using ActorP2P.Determinism;

namespace ActorP2P.Simulation;

/// <summary>The random numbers of a run with real nodes: those that a simulated run with the same seed has.</summary>
internal sealed class RealChance(ulong seed)
{
    private readonly SimulatedWorld _world = new(seed);

    /// <summary>Random numbers for a purpose.</summary>
    public Random For(string purpose) => _world.CreateRandom(SimulatedWorld.DriverNode, 0, purpose);

    /// <summary>The pairs of nodes of which one dials the other.</summary>
    public IReadOnlyList<(int Dialler, int Listener)> Edges(Scenario scenario) =>
        scenario.Link(Cluster.Of(scenario.Members.Names, scenario.Name)).DrawEdges(For("topology"));
}
