using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Gives up waiting for a task. As <c>WaitAsync</c>, but by awaits alone: those go on where the caller's code does, and in a
/// simulation that must be its queue, while <c>WaitAsync</c> takes a detour over the thread pool.
/// </summary>
internal static class TaskCancellation
{
    /// <summary>The task's outcome, or the cancellation, whichever comes first.</summary>
    public static Task<T> OrCancelled<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (task.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return task;
        }

        TaskCompletionSource<T> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ForwardAsync(task, outcome, cancellationToken);
        return outcome.Task.ToldHere();
    }

    /// <inheritdoc cref="OrCancelled{T}(Task{T}, CancellationToken)"/>
    public static Task OrCancelled(this Task task, CancellationToken cancellationToken) =>
        task.IsCompleted || (!cancellationToken.CanBeCanceled && IsOnThreadPool) ? task
            : WithValueAsync(task).OrCancelled(cancellationToken);

    /// <summary>
    /// The task, told of where the caller lives: who combines tasks, by WhenAny perhaps, would be told of a bare promise on the thread
    /// pool.
    /// </summary>
    public static Task<T> ToldHere<T>(this Task<T> task)
    {
        return IsOnThreadPool ? task : Await(task);

        static async Task<T> Await(Task<T> promise) => await promise;
    }

    // Where awaits go on on the thread pool: there a bare promise serves as well, and costs less.
    private static bool IsOnThreadPool =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the task fails with is handed on.")]
    private static async Task ForwardAsync<T>(Task<T> task, TaskCompletionSource<T> outcome, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (promise, token) => ((TaskCompletionSource<T>)promise!).TrySetCanceled(token), outcome);
        try
        {
            outcome.TrySetResult(await task);
        }
        catch (Exception exception)
        {
            outcome.TrySetException(exception);
        }
    }

    private static async Task<bool> WithValueAsync(Task task)
    {
        await task;
        return true;
    }
}
