using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// A program of the user's own on the nodes of a group. A scenario file names it (<c>groups.GROUP.application</c>), and
/// <see cref="Scenario.Applications"/> has it by that name. One instance serves one run. If it throws, the run fails
/// with the node, the virtual time and the seed.
/// </summary>
public abstract class ScenarioApplication
{
    /// <summary>What checks that the application works; each of them belongs to this run alone.</summary>
    protected internal virtual IReadOnlyList<Checker> Checkers => [];

    /// <summary>Sets the protocol of a node, once for each of its lives.</summary>
    protected internal virtual void Configure(ProtocolBuilder protocol, ClusterNode node)
    {
    }

    /// <summary>
    /// Runs when a node has started, once for each of its lives. Everything that it awaits must come from the cluster:
    /// use <see cref="ClusterNode.TimeProvider"/> for delays. A <see cref="NodeKilledException"/> is not a failure.
    /// </summary>
    protected internal virtual Task RunAsync(Cluster cluster, ClusterNode node) => Task.CompletedTask;
}
