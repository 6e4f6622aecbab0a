using System.Reflection;

namespace ActorP2P.Determinism;

/// <summary>
/// Ends asynchronous methods that nothing will ever end, so that the code that awaits one gets an exception instead of
/// waiting for ever. The runtime keeps a table of running asynchronous methods for debuggers, once it is asked to.
/// </summary>
internal static class AbandonedTasks
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly MethodInfo? s_fail = typeof(Task).GetMethod("TrySetException", Private, [typeof(object)]);
    private static readonly FieldInfo? s_active = typeof(Task).GetField("s_currentActiveTasks", Private);
    private static readonly FieldInfo? s_keeping = typeof(Task).GetField("s_asyncDebuggingEnabled", Private);

    /// <summary>Whether the runtime has all private members that this needs.</summary>
    public static bool IsSupported => s_fail is not null && s_keeping?.FieldType == typeof(bool)
        && s_active?.FieldType == typeof(Dictionary<int, Task>);

    /// <summary>Makes the runtime keep the table from now on, for the whole process.</summary>
    public static void Keep()
    {
        if (IsSupported)
        {
            s_keeping!.SetValue(null, true);
        }
    }

    /// <summary>
    /// Ends the task of an asynchronous method with an exception; false when it has ended already. The method itself
    /// may continue later, which then has no effect on the task.
    /// </summary>
    public static bool Fail(Task task, Exception reason)
    {
        if (s_fail is null || !(bool)s_fail.Invoke(task, [reason])!)
        {
            return false;
        }
        Detach(task);
        return true;
    }

    /// <summary>
    /// Detaches the task from its method, which would otherwise end it a second time. Nothing could catch the exception
    /// of that, so it would end the process.
    /// </summary>
    private static void Detach(Task task)
    {
        FieldInfo? machineField = task.GetType().GetField("StateMachine", Any);
        if (machineField?.GetValue(task) is { } machine
            && machine.GetType().GetField("<>t__builder", Any) is { } builderField
            && builderField.GetValue(machine) is { } builder
            && builder.GetType().GetField("m_task", Any) is { } taskField)
        {
            taskField.SetValue(builder, null);
            builderField.SetValue(machine, builder);
            machineField.SetValue(task, machine);
        }
    }

    /// <summary>
    /// The running asynchronous methods, selected by the type of their state machine, oldest first. Methods that began
    /// before the table was kept are not known.
    /// </summary>
    public static IReadOnlyList<Task> AsyncMethods(Predicate<Type> ofStateMachine)
    {
        if (s_active?.GetValue(null) is not Dictionary<int, Task> active)
        {
            return [];
        }
        lock (active)
        {
            return [.. active.OrderBy(static one => one.Key).Select(static one => one.Value)
                .Where(one => !one.IsCompleted && one.GetType() is { IsGenericType: true } box
                    && box.GetGenericArguments() is [.., { } machine] && ofStateMachine(machine))];
        }
    }
}
