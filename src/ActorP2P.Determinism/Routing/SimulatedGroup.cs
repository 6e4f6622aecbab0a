using Akka.Actor;
using Akka.Routing;
using Akka.Util;

namespace ActorP2P.Determinism;

/// <summary>A group router of the user with another logic.</summary>
internal sealed class SimulatedGroup(Group original, RoutingLogic logic) : Group(null, original.RouterDispatcher)
{
    public override IEnumerable<string> GetPaths(ActorSystem system) => original.GetPaths(system);

    public override Router CreateRouter(ActorSystem system) => new(logic);

    public override ISurrogate ToSurrogate(ActorSystem system) => original.ToSurrogate(system);
}
