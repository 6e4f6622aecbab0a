namespace ActorP2P.Actors;

/// <summary>A mailbox for code that is no actor: it can send, watch, and wait for what comes back.</summary>
public sealed class Inbox : ICanWatch, IDisposable
{
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(5);

    private readonly InboxRef _receiver;

    private Inbox(ActorSystem system) => _receiver = new InboxRef(
        system, system.Settings.Config.GetInt("akka.actor.inbox.inbox-size", 1000));

    /// <summary>The reference that others send to.</summary>
    public IActorRef Receiver => _receiver;

    /// <summary>Makes an inbox.</summary>
    public static Inbox Create(ActorSystem system) => new(system);

    /// <summary>Sends with the inbox as sender.</summary>
    public void Send(IActorRef target, object message) => target.Tell(message, _receiver);

    /// <inheritdoc/>
    public IActorRef Watch(IActorRef subject) => _receiver.Watch(subject, null);

    /// <inheritdoc/>
    public IActorRef WatchWith(IActorRef subject, object message) => _receiver.Watch(subject, message);

    /// <inheritdoc/>
    public IActorRef Unwatch(IActorRef subject) => _receiver.Unwatch(subject);

    /// <summary>Blocks until a message comes, five seconds at most.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public object Receive() => Receive(s_defaultTimeout);

    /// <summary>Blocks until a message comes. Not in a simulation, where nothing would happen meanwhile.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public object Receive(TimeSpan timeout)
    {
        if (_receiver.System.Node is not null)
        {
            throw new InvalidOperationException("Blocking would stop the simulation; use ReceiveAsync.");
        }
        object received = ReceiveAsync(timeout).GetAwaiter().GetResult();
        return received is Status.Failure { Cause: TimeoutException late }
            ? throw new TimeoutException(late.Message)
            : received;
    }

    /// <summary>The next message, within five seconds.</summary>
    public Task<object> ReceiveAsync() => ReceiveAsync(s_defaultTimeout);

    /// <summary>The next message; when none comes in time, a <see cref="Status.Failure"/> with a TimeoutException.</summary>
    public Task<object> ReceiveAsync(TimeSpan timeout) => _receiver.Next(timeout);

    /// <summary>Ends the inbox; messages for it become dead letters.</summary>
    public void Dispose() => _receiver.Close();
}
