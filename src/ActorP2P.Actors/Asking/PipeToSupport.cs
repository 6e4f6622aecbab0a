namespace ActorP2P.Actors;

/// <summary>Sends the outcome of a task to an actor.</summary>
public static class PipeToSupport
{
    /// <summary>Sends the result, or a <see cref="Status.Failure"/> with the exception; either can be mapped first.</summary>
    public static Task PipeTo<T>(
        this Task<T> taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<T, object>? success = null,
        Func<Exception, object>? failure = null) =>
        Pipe(taskToPipe, recipient, sender, () => success is null ? taskToPipe.Result : success(taskToPipe.Result), failure);

    /// <summary>Sends what <paramref name="success"/> makes, if given, or a <see cref="Status.Failure"/>.</summary>
    public static Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null) => Pipe(taskToPipe, recipient, sender, success, failure);

    private static async Task Pipe(
        Task task, ICanTell recipient, IActorRef? sender, Func<object?>? success, Func<Exception, object>? failure)
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        // Not the actor's own turn: the outcome must arrive as a message, even when the actor has stopped meanwhile.
        SynchronizationContext.SetSynchronizationContext(SimulatedNode.Current?.Context);
        Task<object?> outcome;
        try
        {
            outcome = Outcome(task, success, failure);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        await outcome.ContinueWith(
            done => Deliver(done.Result, recipient, sender),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).ConfigureAwait(false);
    }

    private static async Task<object?> Outcome(Task task, Func<object?>? success, Func<Exception, object>? failure)
    {
        try
        {
            await task;
            return success?.Invoke();
        }
        catch (Exception cause)
        {
            return failure is null ? new Status.Failure(cause) : failure(cause);
        }
    }

    private static void Deliver(object? message, ICanTell recipient, IActorRef? sender)
    {
        if (message is not null)
        {
            recipient.Tell(message, sender);
        }
    }
}
