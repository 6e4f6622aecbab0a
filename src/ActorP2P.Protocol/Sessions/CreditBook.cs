namespace ActorP2P.Protocol;

/// <summary>
/// The byte windows of one direction of a session. Limits are cumulative since the start of the connection, so a lost or
/// reordered renewal cannot exist and a repeated one does no harm. Each frame of a message is charged its payload plus
/// <see cref="PerMessage"/>, so that tiny messages and tiny fragments are bounded too.
/// </summary>
internal sealed class CreditBook
{
    /// <summary>Classes of credit.</summary>
    public const int Classes = 4;

    /// <summary>Bytes charged for each frame of a message beyond its payload: about what its bookkeeping costs the receiver.</summary>
    public const int PerMessage = 64;

    /// <summary>Bytes of each class that may be sent before the other side's hello is read.</summary>
    public const int Initial = 64 * 1024;

    // In the object itself: two books for each connection, of which there may be thousands.
    private PerClass<long> _limit;
    private PerClass<long> _used;
    private PerClass<long> _finished;
    private PerClass<int> _window;

    /// <summary>The book of the sending side: every class may use <see cref="Initial"/>.</summary>
    public CreditBook() => ((Span<long>)_limit).Fill(Initial);

    /// <summary>The book of the receiving side, which grants <paramref name="window"/> bytes in every class.</summary>
    public CreditBook(int window)
    {
        ((Span<int>)_window).Fill(window);
        ((Span<long>)_limit).Fill(window);
    }

    /// <summary>The class that a kind is charged to; only kinds that carry application messages have one.</summary>
    public static bool TryClassOf(FrameKind kind, out CreditClass creditClass)
    {
        creditClass = kind switch
        {
            FrameKind.Request => CreditClass.Request,
            FrameKind.Response or FrameKind.Error => CreditClass.Response,
            FrameKind.Notify => CreditClass.Notify,
            _ => CreditClass.Broadcast,
        };
        return kind is FrameKind.Request or FrameKind.Response or FrameKind.Error or FrameKind.Notify or FrameKind.Broadcast;
    }

    /// <summary>Bytes used in a class since the start.</summary>
    public long Used(CreditClass creditClass) => _used[(int)creditClass];

    /// <summary>Bytes granted in a class since the start.</summary>
    public long Limit(CreditClass creditClass) => _limit[(int)creditClass];

    /// <summary>Receiving side: bytes of a class that have been dealt with since the start.</summary>
    public long Finished(CreditClass creditClass) => _finished[(int)creditClass];

    /// <summary>Receiving side: the window of a class now.</summary>
    public int Window(CreditClass creditClass) => _window[(int)creditClass];

    /// <summary>
    /// Receiving side: what later renewals grant beyond what has been dealt with. What has been granted stays granted.
    /// </summary>
    public void Resize(CreditClass creditClass, int window) => _window[(int)creditClass] = window;

    /// <summary>Whether <paramref name="bytes"/> more fit the class.</summary>
    public bool Has(CreditClass creditClass, int bytes) => bytes <= _limit[(int)creditClass] - _used[(int)creditClass];

    /// <summary>Uses credit.</summary>
    /// <returns>False, with nothing used, when it does not suffice.</returns>
    public bool TryUse(CreditClass creditClass, int bytes)
    {
        bool has = Has(creditClass, bytes);
        if (has)
        {
            _used[(int)creditClass] += bytes;
        }

        return has;
    }

    /// <summary>Sending side: the receiver raised a limit. A limit that is no higher changes nothing.</summary>
    public void Raise(CreditClass creditClass, long limit) =>
        _limit[(int)creditClass] = Math.Max(_limit[(int)creditClass], limit);

    /// <summary>Receiving side: what was received has been dealt with, and its room may be granted anew.</summary>
    /// <returns>
    /// Whether the window has moved by a quarter since the last grant, so that a renewal is worth a frame of its own; sooner
    /// where the window is so small that a full frame might not fit what is left.
    /// </returns>
    public bool Finish(CreditClass creditClass, int bytes)
    {
        int i = (int)creditClass;
        _finished[i] += bytes;

        // What is finished and not yet renewed must leave room for a full frame: else a sender that needs one would wait for a
        // renewal, and the renewal for something to finish.
        int spare = _window[i] - SessionSettings.MinCreditWindow;
        return _finished[i] + _window[i] - _limit[i] >= Math.Max(1, Math.Min(_window[i] / 4, spare));
    }

    /// <summary>Receiving side: moves the window up to what has been dealt with, and returns the new cumulative limit.</summary>
    public long Renew(CreditClass creditClass)
    {
        int i = (int)creditClass;
        return _limit[i] = Math.Max(_limit[i], _finished[i] + _window[i]);
    }
}
