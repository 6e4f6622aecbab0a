using System.Threading.Tasks.Sources;

namespace ActorP2P;

/// <summary>
/// The wait of one reader or writer of a stream. It is used again for each wait, so that waiting allocates nothing. Its
/// owner's lock guards it.
/// </summary>
/// <param name="isSimulated">
/// Whether the node is part of a simulation. Code of the base library awaits without its scheduler, and must come back
/// to it there nevertheless.
/// </param>
internal sealed class StreamWaiter(bool isSimulated) : IValueTaskSource<int>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<int> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _token;

    /// <summary>Whether the wait has begun and has no outcome yet.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Begins to wait.</summary>
    /// <param name="owner">The argument of <paramref name="cancel"/>.</param>
    /// <param name="cancel">Takes the lock and calls <see cref="TryCancel"/>.</param>
    /// <param name="token">Cancels the wait.</param>
    /// <returns>The version for the task.</returns>
    public short Begin(object owner, Action<object?, CancellationToken> cancel, CancellationToken token)
    {
        _core.Reset();
        IsWaiting = true;
        _token = token;
        short version = _core.Version;
        if (token.CanBeCanceled)
        {
            _registration = token.UnsafeRegister(cancel, owner);
        }

        return version;
    }

    /// <summary>Ends the wait.</summary>
    public void Complete(int result)
    {
        End();
        _core.SetResult(result);
    }

    /// <summary>Ends the wait with an exception.</summary>
    public void Fail(Exception exception)
    {
        End();
        _core.SetException(exception);
    }

    /// <summary>Cancels the wait, unless it is over or belongs to another token.</summary>
    public bool TryCancel(CancellationToken token)
    {
        bool isMine = IsWaiting && token == _token;
        if (isMine)
        {
            Fail(new OperationCanceledException(token));
        }

        return isMine;
    }

    /// <inheritdoc/>
    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(
            continuation, state, token,
            isSimulated ? flags | ValueTaskSourceOnCompletedFlags.UseSchedulingContext : flags);

    private void End()
    {
        IsWaiting = false;

        // Dispose would wait for a cancellation that waits for the owner's lock.
        _registration.Unregister();
        _registration = default;
    }
}
