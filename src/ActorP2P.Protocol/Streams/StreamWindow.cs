namespace ActorP2P.Protocol;

/// <summary>
/// The bytes of a stream that the peer may send before this node has read them. The limit is cumulative, so a renewal
/// that is repeated has no effect. Like the windows of the credit classes it doubles when it is read within two delays,
/// and shrinks when it is not.
/// </summary>
internal struct StreamWindow
{
    // The bounds of the delay that is assumed; those of CreditWindows.
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    // As long as a window of a credit class may be unused before it shrinks.
    private static readonly TimeSpan ShrinkAfter = TimeSpan.FromSeconds(10);

    private readonly int _first;
    private TimeSpan _began;
    private TimeSpan _used;
    private long _readWhenBegun;

    /// <summary>Makes a window of the first size, which the peer knows from the hello.</summary>
    public StreamWindow(int first, TimeSpan now)
    {
        _first = first;
        Size = first;
        Limit = first;
        _began = _used = now;
    }

    /// <summary>Bytes that may be unread.</summary>
    public int Size { get; private set; }

    /// <summary>Bytes that the peer may send since the stream was opened.</summary>
    public long Limit { get; private set; }

    /// <summary>Bytes that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Bytes by which the window exceeds its first size.</summary>
    public readonly int Grown => Size - _first;

    /// <summary>Whether a quarter of the window may be granted again.</summary>
    public readonly bool IsDue => Read + Size - Limit >= Math.Max(1, Size / 4);

    /// <summary>Bytes were read.</summary>
    public void OnRead(long bytes) => Read += bytes;

    /// <summary>Grants what was read again.</summary>
    /// <returns>The new limit.</returns>
    public long Renew() => Limit = Math.Max(Limit, Read + Size);

    /// <summary>How many bytes the window should grow by: as much as its size, or nothing.</summary>
    public int WantedGrowth(TimeSpan now, TimeSpan roundTrip)
    {
        TimeSpan delay = roundTrip < LeastDelay ? LeastDelay : roundTrip > LongestDelay ? LongestDelay : roundTrip;
        bool isFast = now - _began <= 2 * delay;
        bool isFull = Read - _readWhenBegun >= Size;
        if (isFast)
        {
            _used = now;
        }

        if (!isFast || isFull)
        {
            _began = now;
            _readWhenBegun = Read;
        }

        return isFast && isFull ? Size : 0;
    }

    /// <summary>Makes the window larger.</summary>
    public void Grow(int bytes) => Size += bytes;

    /// <summary>Halves the window if it was not used for long. A grant that was made is not taken back.</summary>
    /// <returns>The bytes by which it has become smaller.</returns>
    public int Shrink(TimeSpan now)
    {
        if (Grown == 0 || now - _used < ShrinkAfter)
        {
            return 0;
        }

        _used = now;
        int less = Size - Math.Max(_first, Size / 2);
        Size -= less;
        return less;
    }
}
