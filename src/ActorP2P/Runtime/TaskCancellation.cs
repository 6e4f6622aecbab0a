using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Gives up waiting for a task. It does the same as <c>WaitAsync</c>, but only with awaits: they continue on the
/// caller's scheduler, which in a simulation must be the simulation's queue. <c>WaitAsync</c> continues on the thread
/// pool.
/// </summary>
internal static class TaskCancellation
{
    /// <summary>The outcome of the task or the cancellation, whichever comes first.</summary>
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
    /// Returns a task that completes on the caller's scheduler. The continuations of a promise, and those of a
    /// Task.WhenAny over promises, run on the thread pool, which does not belong to a simulation.
    /// </summary>
    public static Task<T> ToldHere<T>(this Task<T> task)
    {
        return IsOnThreadPool ? task : Await(task);

        static async Task<T> Await(Task<T> promise) => await promise;
    }

    /// <inheritdoc cref="ToldHere{T}(Task{T})"/>
    public static Task ToldHere(this Task task)
    {
        return IsOnThreadPool ? task : Await(task);

        static async Task Await(Task promise) => await promise;
    }

    // Awaits continue on the thread pool here anyway, so the promise itself serves and costs less.
    private static bool IsOnThreadPool =>
        SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default;

    [SuppressMessage("Design", "CA1031", Justification = "Every exception of the task is passed on.")]
    private static async Task ForwardAsync<T>(
        Task<T> task, TaskCompletionSource<T> outcome, CancellationToken cancellationToken)
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
