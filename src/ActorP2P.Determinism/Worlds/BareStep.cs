namespace ActorP2P.Determinism;

/// <summary>Runs code without a current task scheduler and synchronization context.</summary>
internal static class BareStep
{
    public static void Run(Action step)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            // A task on the default scheduler, run here, hides the simulation's scheduler from the code inside.
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
