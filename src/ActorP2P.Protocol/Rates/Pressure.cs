namespace ActorP2P.Protocol;

/// <summary>
/// Whether a node is under pressure, and the part of its rates that a peer has while it is. All sessions share it, and
/// any thread may call it.
/// </summary>
/// <remarks>
/// The node is under pressure in an interval in which two connections waited long for it, or its memory was tight. A
/// lone peer waits for nobody but itself, so it has the node to itself. Each interval of pressure halves what peers may
/// send, and each other one raises it: the rates settle where waits are short, whatever the handlers cost. Above
/// <see cref="Most"/> they do not bind. They do not fall below the full rate while few peers are limited, because a
/// node that waits for other programs of its machine gains nothing by it.
/// </remarks>
internal sealed class Pressure(RateSettings settings, MemoryBudget memory)
{
    /// <summary>A wait that counts. It is the target of CoDel (RFC 8289).</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(5);

    /// <summary>The time in which waits are looked at together. It is the interval of CoDel (RFC 8289).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The multiple of its rates that a peer has at first under pressure. A short pause of the machine does not slow
    /// anybody down: at the full rate, a peer has seen pressure for most of a second.
    /// </summary>
    public const double Most = 64;

    /// <summary>The peers that together may always have the full rate. More of them share what these have.</summary>
    public const int FullRates = 16;

    // Twice the greatest share: half of it binds for the first time.
    private const double Unbound = 2 * Most;

    // Below the full rate the share grows slowly. Otherwise peers that flood would find a long queue in every second
    // interval.
    private const double SlowGrowth = 1.1;

    private readonly Lock _lock = new();
    private TimeSpan _began;
    private object? _waiter;
    private bool _isPressed;
    private double _share = Unbound;
    private int _limited;

    /// <summary>The rates.</summary>
    public RateSettings Settings => settings;

    /// <summary>Peers from which credit is withheld now.</summary>
    public int Limited => Volatile.Read(ref _limited);

    /// <summary>A connection has waited for this node: for a turn of its actor, or for a place for a handler.</summary>
    /// <param name="waiter">What stands for the connection.</param>
    /// <param name="now">The time.</param>
    /// <param name="wait">How long it waited.</param>
    public void OnWaited(object waiter, TimeSpan now, TimeSpan wait)
    {
        if (wait < LongWait)
        {
            return;
        }

        lock (_lock)
        {
            Advance(now);
            _isPressed |= _waiter is not null && !ReferenceEquals(_waiter, waiter);
            _waiter = waiter;
        }
    }

    /// <summary>The multiple of its rates that a peer has now; null: rates do not bind.</summary>
    public double? ShareAt(TimeSpan now)
    {
        lock (_lock)
        {
            Advance(now);
            return _share > Most ? null : Math.Max(_share, Math.Min(1, (double)FullRates / Math.Max(1, Limited)));
        }
    }

    /// <summary>Credit of one more peer is withheld, or of one less.</summary>
    public void OnLimited(bool isLimited) => Interlocked.Add(ref _limited, isLimited ? 1 : -1);

    private void Advance(TimeSpan now)
    {
        if (now - _began < Interval)
        {
            return;
        }

        bool isPressed = _isPressed || memory.IsTight;
        _share = isPressed ? Math.Max(_share / 2, 1 / Most) : Grown(_share);
        for (_began += Interval; now - _began >= Interval && _share < Unbound; _began += Interval)
        {
            _share = Grown(_share);
        }

        _began = now - _began >= Interval ? now : _began;
        _waiter = null;
        _isPressed = false;
    }

    private static double Grown(double share) => Math.Min(Unbound, share < 1 ? share * SlowGrowth : share * 2);
}
