using Akka.Routing;

namespace ActorP2P.Determinism;

/// <summary>Draws routees from a stream of the node, even when a message is sent outside of any step.</summary>
internal sealed class SeededRandomLogic(Random random) : RoutingLogic
{
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[random.Next(routees.Length)];
}
