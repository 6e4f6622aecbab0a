namespace ActorP2P.Actors;

/// <summary>Questions to actors, answered as tasks.</summary>
public static class Futures
{
    /// <summary>Sends and awaits any reply; a <see cref="Status.Failure"/> comes as a value.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Sends and awaits any reply.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Sends and awaits any reply.</summary>
    public static Task<object> Ask(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Sends and awaits a reply of type <typeparamref name="T"/>.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Sends and awaits a reply of type <typeparamref name="T"/>.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>
    /// Sends and awaits a reply of type <typeparamref name="T"/>. The task fails with the cause of a
    /// <see cref="Status.Failure"/>, with <see cref="AskTimeoutException"/> when nobody answered in time, and with
    /// <see cref="ArgumentException"/> when the answer is of another type.
    /// </summary>
    /// <param name="self">Whom to ask.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait; null takes the configured default, which is for ever.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<T> Ask<T>(
        this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var promise = new AskPromise<T>(SystemOf(self));
        promise.Start(timeout, cancellationToken);
        self.Tell(message, promise);
        return promise.Task;
    }

    /// <summary>The same with a message that carries the reference to answer to.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self,
        Func<IActorRef, object> messageFactory,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        var promise = new AskPromise<T>(SystemOf(self));
        promise.Start(timeout, cancellationToken);
        self.Tell(messageFactory(promise), promise);
        return promise.Task;
    }

    private static ActorSystem SystemOf(ICanTell target) => target switch
    {
        NobodyRef => ActorCell.Current?.System
            ?? throw new ArgumentException("Nobody can be asked from inside of an actor only.", nameof(target)),
        IInternalActorRef local => local.System,
        ActorSelection selection => selection.System,
        _ => ActorCell.Current?.System
            ?? throw new ArgumentException("The target belongs to no actor system.", nameof(target)),
    };
}
