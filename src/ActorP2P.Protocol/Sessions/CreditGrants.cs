using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>The credit that this node grants to the peer, and the renewals that are due.</summary>
internal sealed class CreditGrants
{
    private readonly CreditBook _book;
    private readonly CreditWindows _windows;
    private readonly KeepAlive _keepAlive;

    // One bit for each class: renewals that are due, and those of which a part is withheld.
    private int _due;
    private int _held;

    // Created with the first renewal, because most peers are quiet.
    private byte[] _payload = [];

    public CreditGrants(SessionSettings settings, MemoryBudget memory, KeepAlive keepAlive)
    {
        _book = new CreditBook(settings.CreditWindow);
        _windows = new CreditWindows(_book, settings, memory);
        _keepAlive = keepAlive;
    }

    /// <summary>The bytes granted, used and finished.</summary>
    public CreditBook Book => _book;

    /// <summary>What the rates withhold; null: the peer has no rates. Set before the first frame.</summary>
    public PeerRate? Rate { get; set; }

    /// <summary>When withheld credit is looked at again; null when none is withheld.</summary>
    public TimeSpan? Deadline => Rate?.NextLook;

    /// <summary>Bytes that were received and are not finished.</summary>
    public long Unfinished
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < CreditBook.Classes; i++)
            {
                bytes += _book.Used((CreditClass)i) - _book.Finished((CreditClass)i);
            }

            return bytes;
        }
    }

    /// <summary>Bytes of a class that the peer may send before it needs another grant.</summary>
    public long Left(CreditClass creditClass) => _book.Limit(creditClass) - _book.Used(creditClass);

    /// <summary>Bytes of a class are finished and may be granted again.</summary>
    public void Finish(TimeSpan now, CreditClass creditClass, int bytes)
    {
        int bit = 1 << (int)creditClass;
        Rate?.Finish(creditClass, bytes);
        if (_book.Finish(creditClass, bytes) && ((_due | _held) & bit) == 0)
        {
            _due |= bit;
            _windows.OnQuarter(creditClass, now, _keepAlive.RoundTrip ?? TimeSpan.Zero);
        }
    }

    /// <summary>Shrinks windows that are not used.</summary>
    public void Shrink(TimeSpan now) => _windows.Shrink(now);

    /// <summary>Looks at withheld credit again.</summary>
    public void LookAgain()
    {
        _due |= _held;
        _held = 0;
        Rate?.OnTimer();
    }

    /// <summary>Returns the memory that grown windows took from the node's budget.</summary>
    public void Close()
    {
        _windows.Close();
        Rate?.OnLooked(TimeSpan.Zero, isLimited: false);
        Rate = null;
    }

    /// <summary>The frame with all renewals that are due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isBound">Whether the rates apply.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryRenew(TimeSpan now, bool isBound, out OutboundFrame frame)
    {
        frame = default;
        if (!isBound)
        {
            LookAgain();
        }

        return _due != 0 && TryRenewDue(now, isBound, out frame);
    }

    private bool TryRenewDue(TimeSpan now, bool isBound, out OutboundFrame frame)
    {
        if (_payload.Length == 0)
        {
            _payload = new byte[CreditBook.Classes * FrameRules.CreditEntry];
        }

        int size = 0;
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            CreditClass creditClass = (CreditClass)i;
            if ((_due & (1 << i)) == 0)
            {
                continue;
            }

            long withheld = isBound ? Rate?.Withhold(creditClass, now) ?? 0 : 0;
            _held |= withheld > 0 ? 1 << i : 0;
            if (_book.TryRenew(creditClass, withheld, out long limit))
            {
                _payload[size] = (byte)i;
                BinaryPrimitives.WriteUInt64BigEndian(_payload.AsSpan(size + 1), (ulong)limit);
                size += FrameRules.CreditEntry;
            }
        }

        _due = 0;
        Rate?.OnLooked(now, isLimited: _held != 0);
        FrameHeader header = new((uint)size, FrameKind.Credit, FrameFlags.None, 0, 0);
        frame = new OutboundFrame(header, _payload.AsMemory(0, size), default, null);
        return size > 0;
    }
}
