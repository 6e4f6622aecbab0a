using System.Diagnostics;
using Akka.Dispatch.SysMsg;

namespace ActorP2P;

/// <summary>
/// The reference that an actor answers to, for one message. It watches the actor, and other actor systems can reach it
/// while it is in use. It works like the reference of Akka's Ask, but with the node's clock.
/// </summary>
internal sealed class RouteReply : MinimalActorRef, IDisposable
{
    private readonly TaskCompletionSource<object> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private ITimer? _timer;

    /// <summary>Makes the reference and watches the actor.</summary>
    /// <param name="provider">The provider of the actor system.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="name">The actor's name in error messages.</param>
    public RouteReply(IActorRefProvider provider, IInternalActorRef actor, string name)
    {
        Provider = provider;
        Actor = actor;
        _name = name;
        Path = provider.TempPath();
        provider.RegisterTempActor(this, Path);
        actor.SendSystemMessage(new Watch(actor, this));
    }

    /// <summary>The actor.</summary>
    public IInternalActorRef Actor { get; }

    /// <summary>The span in which the route was called; none when nobody listens.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <summary>The actor's answer.</summary>
    /// <exception cref="RouteException">The actor gave no answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<object> Answer => _answer.Task;

    /// <summary>Limits the wait.</summary>
    public void EndAfter(TimeSpan? limit, TimeProvider time)
    {
        if (limit is { } due)
        {
            _timer = time.CreateTimer(
                static reply => ((RouteReply)reply!).Expire(), this, due, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends the wait when the token is cancelled.</summary>
    public CancellationTokenRegistration EndWith(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(
        static (reply, token) => ((RouteReply)reply!)._answer.TrySetCanceled(token), this);

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        Actor.SendSystemMessage(new Unwatch(Actor, this));
        Provider.UnregisterTempActor(Path);
    }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification ended && ended.Actor.Equals(Actor))
        {
            _answer.TrySetException(new RouteException(RouteFailure.ActorEnded, $"{_name} has ended"));
        }
    }

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

    private void Expire() =>
        _answer.TrySetException(new RouteException(RouteFailure.TimedOut, $"{_name} has not answered in time"));
}
