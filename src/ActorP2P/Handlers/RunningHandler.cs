namespace ActorP2P;

/// <summary>Something in which a handler of the application may be running.</summary>
internal abstract class RunningHandler
{
    /// <summary>The handler that runs in it now; null while none does.</summary>
    public abstract HandlerCall? Call { get; }
}
