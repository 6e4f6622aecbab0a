namespace ActorP2P.Actors;

/// <summary>
/// The base of all actors: one message at a time, state that nobody else touches, and hooks round its life.
/// An instance lives from its construction to a restart or a stop; the reference outlives it.
/// </summary>
public abstract class ActorBase
{
    /// <summary>Only the engine may construct actors, because an actor needs its context from the start.</summary>
    /// <exception cref="ActorInitializationException">The constructor was called outside of ActorOf.</exception>
    protected ActorBase() => Cell = ActorCell.UnderConstruction ?? throw new ActorInitializationException(
        $"An actor of type {GetType().Name} can be made with ActorOf only, not with new.");

    /// <summary>The context of the actor that is running on this thread.</summary>
    /// <exception cref="NotSupportedException">No actor is running here, as in a task of its own.</exception>
    protected static IActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException("There is no active actor context; was it used from outside of a handler?");

    /// <summary>This actor's own reference.</summary>
    protected IActorRef Self => Cell.Self;

    /// <summary>The sender of the message being handled; dead letters when there is none.</summary>
    protected IActorRef Sender => Cell.Sender;

    internal ActorCell Cell { get; }

    internal SupervisorStrategy StrategyOf() => Cell.Props.SupervisorStrategy ?? SupervisorStrategy();

    internal virtual bool InvokeReceive(object message) => Receive(message);

    internal void InvokeUnhandled(object message) => Unhandled(message);

    internal void InvokePreStart() => PreStart();

    internal void InvokePostStop()
    {
        Cell.Timers?.CancelAll();
        Cell.ReturnStash();
        PostStop();
    }

    internal void InvokePreRestart(Exception reason, object? message)
    {
        Cell.Timers?.CancelAll();
        Cell.ReturnStash();
        PreRestart(reason, message!);
    }

    internal void InvokePostRestart(Exception reason) => PostRestart(reason);

    /// <summary>Handles a message; false makes it unhandled.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Called once the actor is constructed and before its first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called when the actor has stopped, and by default before a restart.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Called on the failed instance before a restart; by default stops all children, then calls PostStop.</summary>
    /// <param name="reason">What the actor failed with.</param>
    /// <param name="message">The message it failed on; null when it failed on none. It is not handled again.</param>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (IActorRef child in Cell.GetChildren())
        {
            Cell.Unwatch(child);
            Cell.Stop(child);
        }
        PostStop();
    }

    /// <summary>Called on the fresh instance after a restart; by default calls PreStart.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Called for a message without handler; publishes <see cref="UnhandledMessage"/>.</summary>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
        {
            throw new DeathPactException(terminated.ActorRef);
        }
        Cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>What happens to children that fail; asked for once per instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actors.SupervisorStrategy.DefaultStrategy;

    /// <summary>Replaces the behaviour; earlier ones are forgotten.</summary>
    protected void Become(Receive receive) => Cell.Become(receive);

    /// <summary>Puts a behaviour on top of the present one.</summary>
    protected void BecomeStacked(Receive receive) => Cell.BecomeStacked(receive);

    /// <summary>Returns to the behaviour below; at the bottom it is the actor's own.</summary>
    protected void UnbecomeStacked() => Cell.UnbecomeStacked();

    /// <summary>Sets how long without a message until a <see cref="ReceiveTimeout"/> comes; null for never.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => Cell.SetReceiveTimeout(timeout);
}
