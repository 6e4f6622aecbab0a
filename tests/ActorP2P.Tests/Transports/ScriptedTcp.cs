namespace ActorP2P.Tests.Transports;

/// <summary>Takes the place of Akka.IO's manager and of the listeners and connections that it would create.</summary>
/// <param name="script">Called with each message, its sender, and the actor itself.</param>
internal sealed class ScriptedTcp(Action<object, IActorRef, IActorRef> script) : UntypedActor
{
    protected override void OnReceive(object message) => script(message, Sender, Self);
}
