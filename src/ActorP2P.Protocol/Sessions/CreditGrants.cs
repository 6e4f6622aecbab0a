using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>The credit that this node grants to the peer, and the renewals that are due.</summary>
internal sealed class CreditGrants
{
    private readonly CreditBook _book;
    private readonly CreditWindows _windows;
    private readonly KeepAlive _keepAlive;

    // One bit for each class.
    private int _due;

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

    /// <summary>Whether a renewal is due.</summary>
    public bool IsDue => _due != 0;

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
        if (_book.Finish(creditClass, bytes) && (_due & bit) == 0)
        {
            _due |= bit;
            _windows.OnQuarter(creditClass, now, _keepAlive.RoundTrip ?? TimeSpan.Zero);
        }
    }

    /// <summary>Shrinks windows that are not used.</summary>
    public void Shrink(TimeSpan now) => _windows.Shrink(now);

    /// <summary>Returns the memory that grown windows took from the node's budget.</summary>
    public void Close() => _windows.Close();

    /// <summary>The frame with all renewals that are due.</summary>
    public OutboundFrame Renew()
    {
        if (_payload.Length == 0)
        {
            _payload = new byte[CreditBook.Classes * FrameRules.CreditEntry];
        }

        int size = 0;
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            if ((_due & (1 << i)) != 0)
            {
                _payload[size] = (byte)i;
                BinaryPrimitives.WriteUInt64BigEndian(_payload.AsSpan(size + 1), (ulong)_book.Renew((CreditClass)i));
                size += FrameRules.CreditEntry;
            }
        }

        _due = 0;
        FrameHeader header = new((uint)size, FrameKind.Credit, FrameFlags.None, 0, 0);
        return new OutboundFrame(header, _payload.AsMemory(0, size), default, null);
    }
}
