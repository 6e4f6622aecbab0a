using System.Diagnostics.Tracing;
using System.Globalization;
using System.Reflection;

namespace ActorP2P.Determinism;

/// <summary>
/// Runs the world while a step of it blocks in <c>Task.Wait</c> or <c>Task.Result</c>. The runtime tells of such a wait on
/// the thread that is about to block, before it does.
/// </summary>
internal sealed class BlockedWaits : EventListener
{
    private const int TaskWaitBegin = 10;
    private const int Synchronous = 1;
    private const BindingFlags PrivateStatic = BindingFlags.Static | BindingFlags.NonPublic;

    private static readonly MethodInfo? s_find = typeof(Task).GetMethod("GetActiveTaskFromId", PrivateStatic);
    private static readonly FieldInfo? s_debugging = typeof(Task).GetField("s_asyncDebuggingEnabled", PrivateStatic);
    private static BlockedWaits? s_instance;

    /// <summary>How long a step may block in virtual time.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromHours(1);

    /// <summary>Begins to listen; done once in a process.</summary>
    /// <exception cref="PlatformNotSupportedException">A private member is missing; the message names it.</exception>
    public static void Install()
    {
        if (s_find is null || s_debugging?.FieldType != typeof(bool))
        {
            throw new PlatformNotSupportedException("SimulationRedirects.Waits does not work on this runtime, which lacks "
                + "System.Threading.Tasks.Task.GetActiveTaskFromId or s_asyncDebuggingEnabled.");
        }
        // The runtime then keeps a table of unfinished tasks by their number, which the event names.
        s_debugging.SetValue(null, true);
        s_instance ??= new BlockedWaits();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Threading.Tasks.TplEventSource")
        {
            const EventKeywords TaskTransfer = (EventKeywords)1;
            EnableEvents(eventSource, EventLevel.Informational, TaskTransfer);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId != TaskWaitBegin || !Redirects.Applies(SimulationRedirects.Waits)
            || Redirects.World is not { IsMine: true, Running: true } world
            || Convert.ToInt32(eventData.Payload![3], CultureInfo.InvariantCulture) != Synchronous)
        {
            return;
        }
        int id = Convert.ToInt32(eventData.Payload[2], CultureInfo.InvariantCulture);
        if (s_find!.Invoke(null, [id]) is not Task task)
        {
            return;
        }
        try
        {
            if (!world.RunUntil(() => task.IsCompleted, s_limit))
            {
                AbandonedTasks.Fail(task, new TimeoutException($"A step blocks for a task that does not end within {s_limit:c} "
                    + $"of virtual time (seed {world.Seed}, virtual time {world.Now:c})."));
            }
        }
        catch (Exception failure)
        {
            // A listener must not throw; the run fails after this step.
            world.Fail(failure);
            AbandonedTasks.Fail(task, failure);
        }
    }
}
