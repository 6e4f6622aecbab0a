namespace ActorP2P.Actors;

/// <summary>What a supervisor remembers about a child: how often it was restarted, and whether it is on its way out.</summary>
internal sealed class ChildStats(LocalActorRef child)
{
    private int _restarts;
    private TimeSpan _windowStart = TimeSpan.MinValue;

    public LocalActorRef Child { get; } = child;

    public bool Dying { get; set; }

    /// <summary>Counts a restart; false when the child has used up its restarts.</summary>
    public bool MayRestart(int maxRetries, TimeSpan window, TimeSpan now)
    {
        bool windowed = window > TimeSpan.Zero;
        if (maxRetries == 0)
        {
            return false;
        }
        if (!windowed)
        {
            return maxRetries < 0 || ++_restarts <= maxRetries;
        }
        int allowed = maxRetries < 0 ? 1 : maxRetries;
        if (_windowStart == TimeSpan.MinValue || now - _windowStart > window)
        {
            _windowStart = now;
            _restarts = 0;
        }
        return ++_restarts <= allowed;
    }
}
