namespace ActorP2P.Determinism;

/// <summary>Runs code as if no task scheduler and no synchronization context were there.</summary>
internal static class BareStep
{
    public static void Run(Action step)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            // A task on the default scheduler, run here, hides the simulation's scheduler from what runs inside.
            Task task = new(step);
            task.RunSynchronously(TaskScheduler.Default);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
