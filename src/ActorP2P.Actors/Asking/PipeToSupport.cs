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
        Func<Exception, object>? failure = null) => Detached.Start(
            SimulatedNode.Current,
            async () =>
            {
                object? outcome;
                try
                {
                    T result = await taskToPipe;
                    outcome = success is null ? result : success(result);
                }
                catch (Exception cause)
                {
                    outcome = failure is null ? new Status.Failure(cause) : failure(cause);
                }
                Deliver(outcome, recipient, sender);
            });

    /// <summary>Sends what <paramref name="success"/> makes, if given, or a <see cref="Status.Failure"/>.</summary>
    public static Task PipeTo(
        this Task taskToPipe,
        ICanTell recipient,
        IActorRef? sender = null,
        Func<object>? success = null,
        Func<Exception, object>? failure = null) => Detached.Start(
            SimulatedNode.Current,
            async () =>
            {
                object? outcome;
                try
                {
                    await taskToPipe;
                    outcome = success?.Invoke();
                }
                catch (Exception cause)
                {
                    outcome = failure is null ? new Status.Failure(cause) : failure(cause);
                }
                Deliver(outcome, recipient, sender);
            });

    private static void Deliver(object? message, ICanTell recipient, IActorRef? sender)
    {
        if (message is not null)
        {
            recipient.Tell(message, sender);
        }
    }
}
