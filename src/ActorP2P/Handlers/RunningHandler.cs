namespace ActorP2P;

/// <summary>A place where a handler of the application may be running.</summary>
internal abstract class RunningHandler
{
    /// <summary>The handler that runs there now; null while none does.</summary>
    public abstract HandlerCall? Call { get; }
}
