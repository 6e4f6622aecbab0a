using Akka.Actor;
using Akka.Routing;

namespace ActorP2P.Determinism;

/// <summary>
/// Replaces routers whose logic in Akka leaves the simulation, through real timers or random numbers without a seed.
/// </summary>
internal static class SimulatedRouters
{
    /// <summary>The props with another logic of their router; null when Akka's own logic can stay.</summary>
    /// <param name="props">The props of the actor to create.</param>
    /// <param name="deploy">The deployment that the caller gives.</param>
    /// <param name="configured">The deployment in the configuration.</param>
    /// <param name="binding">The binding of the system that the router runs in.</param>
    /// <param name="scheduler">The system's scheduler.</param>
    public static Props? For(
        Props props, Deploy? deploy, Deploy? configured, SystemBinding binding, IScheduler scheduler)
    {
        if (props.Deploy.RouterConfig is NoRouter)
        {
            return null;
        }
        Deploy merged = props.Deploy;
        merged = deploy?.WithFallback(merged) ?? merged;
        merged = configured?.WithFallback(merged) ?? merged;
        return LogicOf(merged.RouterConfig, binding, scheduler) is not { } logic ? null : merged.RouterConfig switch
        {
            Pool pool => props.WithDeploy(merged).WithRouter(new SimulatedPool(pool, logic)),
            Group group => props.WithDeploy(merged).WithRouter(new SimulatedGroup(group, logic)),
            _ => null,
        };
    }

    private static RoutingLogic? LogicOf(
        RouterConfig config, SystemBinding binding, IScheduler scheduler) => config switch
    {
        ScatterGatherFirstCompletedPool pool => new FirstAnswerLogic(scheduler, pool.Within, interval: null),
        ScatterGatherFirstCompletedGroup group => new FirstAnswerLogic(scheduler, group.Within, interval: null),
        TailChoppingPool pool => new FirstAnswerLogic(scheduler, pool.Within, pool.Interval),
        TailChoppingGroup group => new FirstAnswerLogic(scheduler, group.Within, group.Interval),
        RandomPool or RandomGroup => new SeededRandomLogic(binding.Life.Node.AkkaRandom),
        _ => null,
    };
}
