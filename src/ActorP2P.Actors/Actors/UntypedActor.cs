namespace ActorP2P.Actors;

/// <summary>An actor that gets every message in one method and decides by itself.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Handles a message; what it does not know it passes to Unhandled.</summary>
    protected abstract void OnReceive(object message);

    /// <summary>Replaces the behaviour; earlier ones are forgotten.</summary>
    protected void Become(UntypedReceive receive) => Cell.Become(message =>
    {
        receive(message);
        return true;
    });

    /// <summary>Puts a behaviour on top of the present one.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Cell.BecomeStacked(message =>
    {
        receive(message);
        return true;
    });

    /// <summary>Runs an asynchronous piece of the handler; no other message is handled before it ends.</summary>
    protected void RunTask(Func<Task> action) => Cell.RunAsync(action);
}
