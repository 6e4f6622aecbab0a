using Akka.Actor;
using Akka.Routing;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>A pool router of the user with another logic.</summary>
internal sealed class SimulatedPool(Pool original, RoutingLogic logic) : Pool(
    original.NrOfInstances,
    original.Resizer,
    original.SupervisorStrategy,
    original.RouterDispatcher,
    original.UsePoolDispatcher)
{
    public override int GetNrOfInstances(ActorSystem system) => original.GetNrOfInstances(system);

    public override Router CreateRouter(ActorSystem system) => new(logic);

    public override ISurrogate ToSurrogate(ActorSystem system) => original.ToSurrogate(system);
}
