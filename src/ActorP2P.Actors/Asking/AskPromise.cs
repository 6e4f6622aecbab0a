using System.Globalization;

namespace ActorP2P.Actors;

/// <summary>
/// The one-time address a reply to an Ask goes to. It is the task's own source, so that asking costs two objects.
/// It is never pooled, because a late reply may arrive at any time.
/// </summary>
internal sealed class AskPromise<T>(ActorSystem system)
    : TaskCompletionSource<T>(system.Node is null
        ? TaskCreationOptions.RunContinuationsAsynchronously
        : TaskCreationOptions.None), IInternalActorRef, IExpiring
{
    private IDisposable? _deadline;
    private CancellationTokenRegistration _cancellation;
    private TimeSpan _timeout;
    private ActorPath? _path;
    private int _settled;

    public ActorSystem System => system;

    // Few askers look at the path, so it is made only when one does.
    public ActorPath Path => _path ?? Interlocked.CompareExchange(ref _path, system.NextTempPath(), null) ?? _path;

    public IInternalActorRef? Parent => null;

    public bool IsTerminated => _settled != 0;

    public void Start(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        _timeout = timeout ?? system.Settings.AskTimeout;
        if (_timeout > TimeSpan.Zero)
        {
            _deadline = system.StartDeadline(this, _timeout);
        }
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((AskPromise<T>)state!).Cancelled(token), this);
        }
    }

    public void Tell(object message, IActorRef? sender)
    {
        if (!TryAnswer(message))
        {
            system.DeadLetters.Tell(new DeadLetter(message, sender ?? system.DeadLetters, this), sender);
        }
    }

    /// <summary>Answers the question; false when it is settled already.</summary>
    public bool TryAnswer(object message)
    {
        if (!Settle())
        {
            return false;
        }
        if (system.Node is { } node)
        {
            node.CheckThread();
            node.Post(() => Answer(message));
        }
        else
        {
            Answer(message);
        }
        return true;
    }

    public void Expire() => Fail(new AskTimeoutException(
        string.Create(CultureInfo.InvariantCulture, $"Timeout after {_timeout.TotalSeconds} seconds")));

    public void SendSystem(SystemMessage message)
    {
        if (message is WatchMessage watch)
        {
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee));
        }
    }

    public IInternalActorRef? GetChild(string name) => null;

    public IEnumerable<IInternalActorRef> GetChildren() => [];

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => base.GetHashCode();

    public int CompareTo(IActorRef? other) => RefOrder.Compare(this, other);

    public int CompareTo(object? obj) => RefOrder.Compare(this, obj as IActorRef);

    public override string ToString() => $"[{Path}]";

    private void Answer(object message)
    {
        if (message is T reply)
        {
            TrySetResult(reply);
        }
        else if (message is Status.Failure failure)
        {
            TrySetException(failure.Cause ?? new TaskCanceledException("The actor answered with a failure without cause."));
        }
        else
        {
            TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
        }
    }

    private void Fail(Exception cause)
    {
        if (!Settle())
        {
            return;
        }
        if (system.Node is { } node)
        {
            node.Post(() => TrySetException(cause));
        }
        else
        {
            TrySetException(cause);
        }
    }

    private void Cancelled(CancellationToken token)
    {
        if (!Settle())
        {
            return;
        }
        if (system.Node is { } node)
        {
            node.CheckThread();
            node.Post(() => TrySetCanceled(token));
        }
        else
        {
            TrySetCanceled(token);
        }
    }

    /// <summary>True for the one that may complete the task; it also lets go of deadline and token.</summary>
    private bool Settle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }
        _deadline?.Dispose();
        // Unregister never waits for a callback that runs; Dispose could deadlock when the callback is the caller.
        _cancellation.Unregister();
        return true;
    }
}
