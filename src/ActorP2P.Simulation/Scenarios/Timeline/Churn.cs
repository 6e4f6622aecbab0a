namespace ActorP2P.Simulation;

/// <summary>
/// Nodes that die and come back again and again. After a half-life, half of the nodes that ran at its start have died.
/// All are back at the end.
/// </summary>
internal sealed class Churn(Cluster cluster, Random random, TimeSpan halfLife, TimeSpan away, TimeSpan end)
{
    private SimulatedWorld World => cluster.World;

    public void Begin(string node)
    {
        TimeSpan death = World.Now + (halfLife * -Math.Log2(1 - random.NextDouble()));
        if (death < end)
        {
            Plan(death, () =>
            {
                cluster.Faults.Kill(node);
                TimeSpan back = World.Now + away;
                Plan(back < end ? back : end, () => Return(node));
            });
        }
    }

    private void Return(string node)
    {
        cluster.Faults.Restart(node);
        Begin(node);
    }

    private void Plan(TimeSpan at, Action what) => World.Schedule(
        at, EventClass.Timeline, SimulatedWorld.DriverNode, SimulatedWorld.DriverNode, what);
}
