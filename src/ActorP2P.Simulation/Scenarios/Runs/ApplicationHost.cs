using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Simulation;

/// <summary>Runs the applications of a scenario on its nodes. One that throws fails the run.</summary>
internal sealed class ApplicationHost(Cluster cluster, Func<ClusterNode, ScenarioApplication?> find)
{
    [SuppressMessage("Design", "CA1031", Justification = "The run fails with node, time and seed.")]
    public void Configure(ProtocolBuilder protocol, ClusterNode node)
    {
        try
        {
            find(node)?.Configure(protocol, node);
        }
        catch (Exception thrown)
        {
            Fail(node, thrown);
        }
    }

    /// <summary>A life of a node has begun.</summary>
    public void Start(ClusterNode node)
    {
        if (find(node) is { } application)
        {
            cluster.World.SynchronizationContextOf(node.Key).Post(_ => _ = RunAsync(application, node), null);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The run fails with node, time and seed.")]
    private async Task RunAsync(ScenarioApplication application, ClusterNode node)
    {
        try
        {
            await application.RunAsync(cluster, node);
        }
        catch (NodeKilledException)
        {
            // The next life begins anew.
        }
        catch (P2PException) when (cluster.IsStopping)
        {
            // A node that stops refuses what its application still wants to send.
        }
        catch (Exception thrown)
        {
            Fail(node, thrown);
        }
    }

    private void Fail(ClusterNode node, Exception thrown) => cluster.Fail(
        "application", $"The application of {node.Name} threw {thrown.GetType().Name}: {thrown.Message}", [node],
        thrown);
}
