namespace ActorP2P.Actors;

/// <summary>Starts asynchronous code that belongs to no actor's turn, though an actor may be the one that starts it.</summary>
internal static class Detached
{
    /// <summary>Its continuations go to the simulated node, or in production to the thread pool, never into a turn.</summary>
    public static Task Start(SimulatedNode? node, Func<Task> start)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(node?.Context);
        try
        {
            return start();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
