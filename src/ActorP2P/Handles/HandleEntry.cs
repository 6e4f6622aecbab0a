namespace ActorP2P;

/// <summary>A message of a handle from its call to its end.</summary>
/// <param name="owner">The handle.</param>
internal abstract class HandleEntry(PeerHandle owner)
{
    /// <summary>The handle.</summary>
    public PeerHandle Owner => owner;

    /// <summary>Its place in the order of calls.</summary>
    public long Number { get; set; }

    /// <summary>When its wait ends; null: never. Given when it is posted.</summary>
    public TimeSpan? Deadline { get; protected init; }

    /// <summary>Whether its task has ended, for example because it was cancelled.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Hands the message to a connection.</summary>
    /// <returns>False when the connection has ended and has not taken the message.</returns>
    public abstract Task<bool> SendAsync(HandleLink link, Peer peer);

    /// <summary>The deadline has passed before there was a connection.</summary>
    public abstract void Expire();

    /// <summary>The queue is full.</summary>
    public abstract void Refuse(string detail);

    /// <summary>The handle was closed, or the node has stopped.</summary>
    public abstract void Close(string detail);
}

/// <summary>A message of a handle whose task has a result.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal abstract class HandleEntry<T>(PeerHandle owner) : HandleEntry(owner)
{
    /// <inheritdoc/>
    public override bool IsOver => Promise.Task.IsCompleted;

    /// <summary>Completes when the message has been handled to its end.</summary>
    protected TaskCompletionSource<T> Promise { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Cancelled when nobody waits for the result any more.</summary>
    public CancellationToken Token { get; init; }

    /// <summary>Waits for the result. A cancelled entry leaves the queue.</summary>
    public async Task<T> WaitAsync(HandleMessages messages)
    {
        using CancellationTokenRegistration registration = Token.UnsafeRegister(
            (_, token) =>
            {
                if (Promise.TrySetCanceled(token))
                {
                    messages.Forget(this);
                }
            },
            null);
        return await Promise.Task;
    }
}
