using System.Diagnostics.Tracing;
using System.Globalization;

namespace ActorP2P.Determinism;

/// <summary>
/// Listens to each <c>Task.Wait</c> and <c>Task.Result</c>: the runtime reports it on the thread that is about to
/// block, before it blocks, and again when it continues. Meanwhile the thread has a context that runs the world
/// instead.
/// </summary>
internal sealed class BlockedWaits : EventListener
{
    private const int TaskWaitBegin = 10;
    private const int TaskWaitEnd = 11;
    private const int Synchronous = 1;
    private const EventKeywords TaskTransfer = (EventKeywords)1;

    private static BlockedWaits? s_instance;

    /// <summary>Starts listening, once for the process.</summary>
    public static void Listen() => s_instance ??= new BlockedWaits();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Threading.Tasks.TplEventSource")
        {
            EnableEvents(eventSource, EventLevel.Informational, TaskTransfer);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == TaskWaitEnd)
        {
            AskedTimeout.End();
            (SynchronizationContext.Current as BlockedStep)?.Leave();
        }
        else if (eventData.EventId == TaskWaitBegin && Redirects.World is { IsMine: true } world
            && Convert.ToInt32(eventData.Payload![3], CultureInfo.InvariantCulture) == Synchronous)
        {
            // A thread that blocks gives its own queue to the pool.
            Redirects.Take();
            if (!world.IsRunning)
            {
                world.BeforeBlocking?.Invoke();
            }
            else if (Redirects.Applies(SimulationRedirects.Waits))
            {
                BlockedStep.Enter(world);
            }
            AskedTimeout.Begin();
        }
    }
}
