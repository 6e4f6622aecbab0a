namespace ActorP2P;

/// <summary>
/// The attempt of one peer to log in: at most one at a time. While the answer to a wrong one is held back, no other
/// begins. Any thread may use it.
/// </summary>
internal sealed class LoginAttempts
{
    private readonly Lock _lock = new();
    private LoginAttempt? _open;
    private bool _isChecking;

    /// <summary>Begins an attempt. One that waits for its proof is forgotten.</summary>
    /// <returns>False while an earlier attempt is checked.</returns>
    public bool TryBegin(LoginAttempt attempt)
    {
        lock (_lock)
        {
            _open = _isChecking ? null : attempt;
            return !_isChecking;
        }
    }

    /// <summary>Takes the attempt to check its proof. <see cref="End"/> must follow.</summary>
    /// <param name="attempt">The attempt; null when none was begun.</param>
    /// <returns>False while an earlier attempt is checked.</returns>
    public bool TryTake(out LoginAttempt? attempt)
    {
        lock (_lock)
        {
            bool isFree = !_isChecking;
            attempt = isFree ? _open : null;
            _open = null;
            _isChecking = true;
            return isFree;
        }
    }

    /// <summary>The attempt that was taken has its answer.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isChecking = false;
        }
    }
}
