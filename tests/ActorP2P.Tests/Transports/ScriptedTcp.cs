namespace ActorP2P.Tests.Transports;

/// <summary>Plays Akka.IO's manager, and the listeners and connections that it would make.</summary>
/// <param name="script">Gets each message, its sender, and the actor itself.</param>
internal sealed class ScriptedTcp(Action<object, IActorRef, IActorRef> script) : UntypedActor
{
    protected override void OnReceive(object message) => script(message, Sender, Self);
}
