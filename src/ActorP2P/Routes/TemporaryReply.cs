namespace ActorP2P;

/// <summary>
/// A reference that one answer goes to. Other actor systems can reach it until it is disposed. It works like the
/// reference of Akka's Ask, but with the node's clock.
/// </summary>
internal class TemporaryReply : MinimalActorRef, IDisposable
{
    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private ITimer? _timer;

    /// <summary>Makes the reference.</summary>
    /// <param name="provider">The provider of the actor system.</param>
    /// <param name="name">The name in error messages of the actor that is to answer.</param>
    public TemporaryReply(IActorRefProvider provider, string name)
    {
        Provider = provider;
        _name = name;
        Path = provider.TempPath();
        provider.RegisterTempActor(this, Path);
    }

    /// <inheritdoc/>
    public sealed override ActorPath Path { get; }

    /// <inheritdoc/>
    public sealed override IActorRefProvider Provider { get; }

    /// <summary>The answer.</summary>
    /// <exception cref="RouteException">The actor gave no answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<object> Answer => _answer.Task;

    /// <summary>Limits the wait.</summary>
    public void EndAfter(TimeSpan? limit, TimeProvider time)
    {
        if (limit is { } due)
        {
            _timer = time.CreateTimer(
                static reply => ((TemporaryReply)reply!).Fail(RouteFailure.TimedOut, "has not answered in time"), this,
                due, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the wait when the token is cancelled.</summary>
    public CancellationTokenRegistration EndWith(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(
        static (reply, token) => ((TemporaryReply)reply!)._answer.TrySetCanceled(token), this);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _timer?.Dispose();
        Provider.UnregisterTempActor(Path);
    }

    /// <summary>Ends the wait without an answer.</summary>
    protected void Fail(RouteFailure reason, string detail) =>
        _answer.TrySetException(new RouteException(reason, $"{_name} {detail}"));

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is Status.Failure { Cause: { } cause })
        {
            _answer.TrySetException(cause);
        }
        else
        {
            _answer.TrySetResult(message);
        }
    }
}
