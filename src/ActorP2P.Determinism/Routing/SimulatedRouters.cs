using Akka.Actor;
using Akka.Routing;

namespace ActorP2P.Determinism;

/// <summary>
/// Routers whose logic in Akka leaves the simulation, by timers of the process or by chance without a seed.
/// </summary>
internal static class SimulatedRouters
{
    /// <summary>The props with another logic of their router; null when Akka's own can stay.</summary>
    /// <param name="props">What is to be created.</param>
    /// <param name="deploy">What the caller says of its deployment.</param>
    /// <param name="configured">What the configuration says of it.</param>
    /// <param name="binding">Where the router lives.</param>
    /// <param name="scheduler">The system's.</param>
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
