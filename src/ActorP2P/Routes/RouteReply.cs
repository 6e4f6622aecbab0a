using System.Diagnostics;
using Akka.Dispatch.SysMsg;

namespace ActorP2P;

/// <summary>The reference that an actor answers to, for one message. It watches the actor.</summary>
internal sealed class RouteReply : TemporaryReply
{
    /// <summary>Makes the reference and watches the actor.</summary>
    /// <param name="provider">The provider of the actor system.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="name">The actor's name in error messages.</param>
    public RouteReply(IActorRefProvider provider, IInternalActorRef actor, string name)
        : base(provider, name)
    {
        Actor = actor;
        actor.SendSystemMessage(new Watch(actor, this));
    }

    /// <summary>The actor.</summary>
    public IInternalActorRef Actor { get; }

    /// <summary>The span in which the route was called; none when nobody listens.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Actor.SendSystemMessage(new Unwatch(Actor, this));
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification ended && ended.Actor.Equals(Actor))
        {
            Fail(RouteFailure.ActorEnded, "has ended");
        }
    }
}
