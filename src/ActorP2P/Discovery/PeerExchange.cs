using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What one peer may ask for and tell. An answer is worth many bytes for a few, so a peer gets one for its connection
/// and a further one after some time. Any thread may use it.
/// </summary>
/// <param name="now">When the peer is met.</param>
internal sealed class PeerExchange(TimeSpan now)
{
    private static readonly TimeSpan s_nextAnswer = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly AddressQuota _quota = new(now);
    private TimeSpan? _answeredAt;

    /// <summary>Whether the peer gets an answer now.</summary>
    public bool TryTakeAnswer(TimeSpan time)
    {
        lock (_lock)
        {
            bool isDue = _answeredAt is not { } last || time - last >= s_nextAnswer;
            _answeredAt = isDue ? time : _answeredAt;
            return isDue;
        }
    }

    /// <summary>How many of the records that the peer has told without being asked are taken.</summary>
    public int Take(int told, TimeSpan time)
    {
        lock (_lock)
        {
            return _quota.Take(told, time);
        }
    }
}
